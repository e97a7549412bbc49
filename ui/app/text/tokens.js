export function charactersPerToken(code) { return 5.9; }
export function estimateTokens(text) { return text.length / 5.9; }
