/**
 * Which language a text is in, where that is plain: by its script, or by its commonest words.
 *
 * It is for what the page itself must know: how long such a text may be, and that nobody wants it
 * translated into the language that it is in. For the model, "auto" stays its own to recognise.
 */

/** Code units that are looked at: of the text's beginning, middle and end. */
const SAMPLE = 700;
/** Share of the letters, or of the words, that must speak for a language. */
const MOST_LETTERS = 0.5;
const FEWEST_WORDS = 0.2;
/** How much more must speak for it than for the next likely one. */
const AHEAD = 1.6;
/** Share of kana from which Chinese characters are Japanese. */
const KANA = 0.1;

/** Scripts that one language alone of those on offer is commonly written in. */
const SCRIPTS = Object.entries({
  Hang: "ko",
  Thai: "th",
  Grek: "el",
  Hebr: "he",
  Armn: "hy",
  Geor: "ka",
  Guru: "pa",
  Gujr: "gu",
  Orya: "or",
  Taml: "ta",
  Telu: "te",
  Knda: "kn",
  Mlym: "ml",
  Sinh: "si",
  Laoo: "lo",
  Khmr: "km",
  Mymr: "my",
}).map(([script, code]) => [code, new RegExp(`\\p{sc=${script}}`, "gu")]);

/** Addresses and names of files, whose parts are words of no language. */
const ADDRESS = /\S+[.@:/\\]\S+/g;

/** Characters that only one way of writing Chinese has. */
const SIMPLIFIED = /[们这个为国时来说对会发后过还没开关问题经从见长东书车马认让语请谢]/g;
const TRADITIONAL = /[們這個為國時來說對會發後過還沒開關問題經從見長東書車馬認讓語請謝]/g;

const WORDS = `en:a the of and to is are was that for it with you i my your this have not on be we they what how at will hello hi good morning please thank thanks can do by from as or
de:der die das und ist sind war nicht ich du sie wir ihr ein eine einen mit für auf zu den von dem im es auch wie was hallo bitte danke guten gute sehr wird werden haben dass bei nach
fr:le la les et est sont pas je tu vous nous il elle un une des du de dans pour que qui sur avec ce cette bonjour merci au aux en à comment
es:el la los las y es son no que de del en un una por para con se su al lo como hola gracias usted está buenos muy más qué
pt-BR:o a os as e é são não que de em um uma por para com se do da dos das no na ao olá obrigado obrigada você está bom muito mais
it:il lo la gli le i e è sono non che di in un una per con si del della dei al ciao grazie come buongiorno anche mi questo
nl:de het een en is zijn was niet ik je u wij we van voor met op dat die in te hallo dank goed hoe aan ook naar maar
sv:och är var inte jag du vi det att en ett som för på med av till den har hej tack hur
da:og er var ikke jeg du vi det at en et som for på med af til den har hej tak hvordan
nb:og er var ikke jeg du vi det at en et som for på med av til den har hei takk hvordan
pl:i nie się jest są w na z do to że jak co dla dzień dobry dziękuję proszę cześć ja
cs:a je jsou se na že to v s z do není jak co pro dobrý den děkuji prosím ahoj
ro:și este sunt nu un o la de în cu pe să care pentru mai bună mulțumesc
fi:ja on ei se että olen ovat oli hei kiitos mutta joka kuin mitä
hu:a az és nem hogy egy van ez is de köszönöm jó szia
tr:ve bir bu için ile değil ne var da de merhaba teşekkür nasıl çok
id:dan yang tidak ini itu di untuk dengan dari saya anda ke adalah terima kasih
vi:và là không của có cho được một tôi bạn xin chào cảm ơn những
ru:и в не на что я с это как по вы мы он у за из к привет спасибо
uk:і й в у не на що я з це як та ви ми він до за від привіт дякую
bg:и в не на че е се да за от с си са как здравей благодаря
ar:في من على إلى أن هذا هذه ما لا مع هو هي و كيف مرحبا شكرا التي الذي
fa:و در به از که این است را با برای می سلام آن
ur:کے میں ہے کی اور سے کو کا یہ ہیں پر نہیں`
  .split("\n")
  .map((line) => line.split(":"))
  .flatMap(([code, words]) => words.split(" ").map((word) => ({ code, word })));

/** By word, the languages in which it is common. */
const SPEAKING = Map.groupBy(WORDS, ({ word }) => word);

/**
 * @param {string} text
 * @returns {string | null} A code of languages.js; null where it is not plain.
 */
export function recognise(text) {
  const sample = sampled(text);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return letters === 0 ? null : (byScript(sample, letters) ?? byWords(sample));
}

function sampled(text) {
  if (text.length <= 3 * SAMPLE) return text;
  const middle = (text.length - SAMPLE) >> 1;
  return [0, middle, text.length - SAMPLE].map((at) => text.slice(at, at + SAMPLE)).join(" ");
}

function byScript(text, letters) {
  const count = (sign) => text.match(sign)?.length ?? 0;
  const [han, kana] = [count(/\p{sc=Han}/gu), count(/[\p{sc=Hira}\p{sc=Kana}]/gu)];
  if (han + kana > letters * MOST_LETTERS) {
    if (kana > (han + kana) * KANA) return "ja";
    const [simplified, traditional] = [count(SIMPLIFIED), count(TRADITIONAL)];
    if (simplified === traditional) return null;
    return simplified > traditional ? "zh-Hans" : "zh-Hant";
  }
  return SCRIPTS.find(([, sign]) => count(sign) > letters * MOST_LETTERS)?.[0] ?? null;
}

/** A word that is common in three languages says a third for each. */
function byWords(text) {
  const words = text.replace(ADDRESS, "").toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  const scores = new Map();
  for (const word of words) {
    const speaking = SPEAKING.get(word) ?? [];
    for (const { code } of speaking) scores.set(code, (scores.get(code) ?? 0) + 1 / speaking.length);
  }
  const [[code, best] = [null, 0], [, next] = [null, 0]] = [...scores].sort((a, b) => b[1] - a[1]);
  const isPlain = best >= Math.max(1, words.length * FEWEST_WORDS) && best >= AHEAD * next;
  return isPlain ? code : null;
}
