// Judges what a caller asks of Ollama, and says whether this instance is ready.
//
// What Ollama gets is not what came but what was found good, written anew: of two keys with one
// name, or of names that Ollama's decoder takes for one, nothing is left that two readers could
// understand differently. Runs on njs 0.7.9 and later.

import fs from 'fs';

const JSON_TYPE = /^application\/json *(; *charset=utf-8 *)?$/i;
const REQUEST = 'the request';
const ROLES = ['system', 'user', 'assistant'];
const MOST_MESSAGES = 64;
const MOST_STOPS = 8;
const LONGEST_STOP = 64;

function Refusal(status, sentence) {
    this.status = status;
    this.sentence = sentence;
}

function refuse(sentence) {
    throw new Refusal(400, sentence);
}

function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function string(value, name) {
    return typeof value === 'string' ? value : refuse(`${name} must be a string`);
}

function flag(value, name) {
    return typeof value === 'boolean' ? value : refuse(`${name} must be true or false`);
}

function number(low, high) {
    return (value, name) =>
        typeof value === 'number' && value >= low && value <= high
            ? value
            : refuse(`${name} must be a number from ${low} to ${high}`);
}

function whole(low, high) {
    return (value, name) =>
        Number.isInteger(value) && value >= low && value <= high
            ? value
            : refuse(`${name} must be a whole number from ${low} to ${high}`);
}

// An object of known keys alone. Ollama finds keys whatever their case; here they are exact.
function record(value, name, fields, required) {
    if (!isObject(value)) refuse(`${name} must be an object`);
    const at = (key) => (name === REQUEST ? key : `${name}.${key}`);
    const known = Object.keys(fields);
    Object.keys(value).forEach((key) => {
        if (known.indexOf(key) < 0) {
            refuse(`${name} may hold ${known.join(', ')}, but not ${key.slice(0, 40)}`);
        }
    });
    const good = {};
    known.forEach((key) => {
        if (Object.prototype.hasOwnProperty.call(value, key)) {
            good[key] = fields[key](value[key], at(key));
        } else if (required.indexOf(key) >= 0) {
            refuse(`${at(key)} is missing`);
        }
    });
    return good;
}

function list(value, name, most, judge) {
    if (!Array.isArray(value) || value.length < 1 || value.length > most) {
        refuse(`${name} must be a list of 1 to ${most}`);
    }
    const good = [];
    for (let i = 0; i < value.length; i += 1) good.push(judge(value[i], `${name}[${i}]`));
    return good;
}

function stop(value, name) {
    return list(value, name, MOST_STOPS, (text, at) =>
        string(text, at).length > LONGEST_STOP || text === ''
            ? refuse(`${at} must have 1 to ${LONGEST_STOP} characters`)
            : text);
}

// What a caller may tune. Everything that Ollama loads a model with (num_ctx, num_gpu, ...) would
// have it loaded anew, for everyone.
function options(limits) {
    const fields = {
        temperature: number(0, 2),
        top_k: whole(0, 1000),
        top_p: number(0, 1),
        min_p: number(0, 1),
        seed: whole(-2147483648, 2147483647),
        repeat_penalty: number(0, 2),
        num_predict: whole(1, limits.tokens),
        stop,
    };
    return (value, name) => record(value, name, fields, []);
}

// Strings of one request, which may have so many characters together.
function texts(limits) {
    let left = limits.characters;
    return (value, name) => {
        left -= string(value, name).length;
        return left < 0
            ? refuse(`the text must have no more than ${limits.characters} characters`)
            : value;
    };
}

function model(limits) {
    return (value, name) =>
        value === limits.model ? value : refuse(`${name} must be ${limits.model}`);
}

function generation(request, limits) {
    const text = texts(limits);
    const fields = {
        model: model(limits), prompt: text, system: text, stream: flag, options: options(limits),
    };
    const good = record(request, REQUEST, fields, ['model', 'prompt']);
    // Without a prompt Ollama only loads or unloads.
    return good.prompt === '' ? refuse('prompt must not be empty') : good;
}

function conversation(request, limits) {
    const message = {
        role: (value, name) =>
            ROLES.indexOf(value) < 0
                ? refuse(`${name} must be one of ${ROLES.join(', ')}`)
                : value,
        content: texts(limits),
    };
    const fields = {
        model: model(limits),
        messages: (value, name) =>
            list(value, name, MOST_MESSAGES, (item, at) =>
                record(item, at, message, ['role', 'content'])),
        stream: flag,
        // Ollama's own client sends an empty list with every conversation; it goes no further.
        tools: (value, name) =>
            Array.isArray(value) && value.length === 0
                ? undefined
                : refuse(`${name} must be an empty list`),
        options: options(limits),
    };
    return record(request, REQUEST, fields, ['model', 'messages']);
}

function parsed(r) {
    if (!JSON_TYPE.test(r.headersIn['Content-Type'] || '')) {
        throw new Refusal(415, 'the Content-Type must be application/json');
    }
    if ((r.headersIn['Content-Encoding'] || 'identity') !== 'identity') {
        throw new Refusal(415, 'the body must not be compressed');
    }
    try {
        const body = new TextDecoder('utf-8', { fatal: true }).decode(r.requestBuffer);
        return JSON.parse(body);
    } catch (error) {
        return refuse('the body must be JSON in UTF-8');
    }
}

function pass(r, judge) {
    const limits = {
        model: r.variables.served_model,
        tokens: Number(r.variables.context_tokens),
        characters: Number(r.variables.prompt_characters),
    };
    try {
        const good = judge(parsed(r), limits);
        // Ollama would otherwise go on for ten contexts, and cut a prompt that does not fit one.
        // Not `shift`: where it differs from the last request's, Ollama loads the model anew.
        good.options = Object.assign({ num_predict: limits.tokens }, good.options);
        good.truncate = false;
        r.variables.ollama_body = JSON.stringify(good);
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        r.return(error.status, JSON.stringify({ error: error.sentence }));
        return;
    }
    r.internalRedirect('@ollama');
}

function generate(r) {
    pass(r, generation);
}

function chat(r) {
    pass(r, conversation);
}

// The model's own unit writes both files: why it is not ready yet, and that it is.
function readiness(r) {
    const folder = r.variables.state_folder;
    try {
        fs.accessSync(`${folder}/ready`);
    } catch (absent) {
        let reason = '';
        try {
            reason = fs.readFileSync(`${folder}/reason`, 'utf8').split('\n')[0].slice(0, 300);
        } catch (unwritten) {
            reason = '';
        }
        r.return(503, JSON.stringify({ error: reason || 'the instance is starting' }));
        return;
    }
    r.return(200, '{"status":"ready"}');
}

export default { generate, chat, readiness };
