use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;

use super::{MAX_TOKEN_BYTES, NFC, NFKD, Token, continues, fold, tokens};

/// A generator of repeatable random numbers: xorshift64.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Pieces that meet in unusual ways: all scripts, marks, jamo, invisible characters, markup, ends of sentences.
const PIECES: [&str; 72] = [
    "a",
    "B",
    "vpn",
    "Straße",
    "é",
    "e\u{301}",
    "İ",
    "ı",
    "ς",
    "Σ",
    "ﬀ",
    "ŉ",
    "ǆ",
    "Å",
    "Й",
    "ё",
    "ά",
    "ᾳ",
    "7",
    "½",
    "²",
    "①",
    "⑴",
    "㍿",
    "㎏",
    "™",
    "東",
    "京",
    "𠮷",
    "か",
    "が",
    "か\u{3099}",
    "ｶﾞ",
    "ー",
    "々",
    "한",
    "하\u{11ab}",
    "\u{1112}\u{1161}\u{11ab}",
    "ㅋ",
    "ㅏ",
    "\u{1100}",
    "ภาษา",
    "น้ำ",
    "ํา",
    "ລາວ",
    "ខ្មែរ",
    "မြန်",
    "བོད",
    "हिन्दी",
    "क़",
    "عَرَبِي",
    "ﷺ",
    "ـ",
    "\u{fc5e}",
    "שָׁ",
    "😀",
    "❤\u{fe0f}",
    "👩\u{200d}🚀",
    "1\u{fe0f}\u{20e3}",
    "\u{200b}",
    "\u{ad}",
    "\u{feff}",
    "\u{34f}",
    "\u{301}",
    "\u{16d67}",
    "\u{10ffff}",
    "'",
    "_",
    " ",
    ". ",
    "。",
    "<c0>",
];

/// Up to about `length` bytes of them, with some arbitrary characters.
pub(crate) fn random_text(random: &mut Random, length: usize) -> String {
    let length = random.below(length);
    let mut text = String::new();
    while text.len() < length {
        if random.below(8) == 0 {
            // Of a few blocks: each costs an unoptimised test a millisecond or more.
            let code =
                u32::try_from(random.below(0x3400) + [0, 0, 0xd000, 0x1_e000][random.below(4)])
                    .unwrap();
            text.extend(char::from_u32(code));
        } else {
            text.push_str(random.pick::<&str>(&PIECES));
        }
    }
    text
}

fn texts(text: &str) -> Vec<String> {
    tokens(text).map(|token| token.text).collect()
}

#[test]
fn words_are_folded_and_separated() {
    let cases: [(&str, &str); 56] = [
        ("", ""),
        (" \t\n", ""),
        ("Hello, World!", "hello|world"),
        ("Café CAFE ＣＡＦＥ cafe\u{301}", "cafe|cafe|cafe|cafe"),
        ("don't o’neil l'avion John's", "don|t|o|neil|l|avion|john|s"),
        (
            "snake_case e-mail a.b@c.org C++ 3.14",
            "snake|case|e|mail|a|b|c|org|c|3|14",
        ),
        ("CTS-ce913b61 abc123", "cts|ce913b61|abc123"),
        // German, Turkish, Greek, other Latin, Cyrillic.
        (
            "Straße STRASSE STRAẞE Über UBER",
            "strasse|strasse|strasse|uber|uber",
        ),
        (
            "İstanbul istanbul ISTANBUL ıstanbul",
            "istanbul|istanbul|istanbul|istanbul",
        ),
        ("ΣΊΣΥΦΟΣ σίσυφος Σίσυφος ᾳ", "σισυφοσ|σισυφοσ|σισυφοσ|α"),
        ("ŉa ǆ Ǆ ǅ ﬃ ſ Å", "na|dz|dz|dz|ffi|s|a"),
        ("łódź søk œuvre", "łodz|søk|œuvre"),
        ("Ёлка елка Йод", "елка|елка|иод"),
        ("м’ята мʼята мята", "м|ята|м|ята|мята"),
        ("ᲀᲁ вд", "вд|вд"),
        // Compatibility characters.
        ("½ 5½x ² m² ① 𝐀𝔟", "1|2|5|1|2|x|2|m2|1|ab"),
        ("⑴a", "1|a"),
        ("5㎏ №7", "5kg|no7"),
        ("Word™ Mark℠x", "word|mark|x"),
        ("ª º", "a|o"),
        // Marks of other scripts stay.
        ("हिन्दी में", "हिन्दी|में"),
        ("क़ क\u{93c}", "क\u{93c}|क\u{93c}"),
        ("العَرَبية مـــرحبا", "العَرَبية|مرحبا"),
        ("ﻣﺮﺣﺒﺎ ٣٤", "مرحبا|٣٤"),
        ("אָלֶף", "אָלֶף"),
        ("தமிழ் తెలుగు", "தமிழ்|తెలుగు"),
        // A token for each character.
        ("東京都", "東|京|都"),
        ("iPhone手机2号", "iphone|手|机|2|号"),
        ("カタカナ ｶﾀｶﾅ", "カ|タ|カ|ナ|カ|タ|カ|ナ"),
        ("が か\u{3099} ｶﾞ", "が|が|ガ"),
        ("ラーメン 人々", "ラ|ー|メ|ン|人|々"),
        ("㍿ 株式会社", "株|式|会|社|株|式|会|社"),
        ("葛\u{e0100}飾", "葛|飾"),
        ("豈 \u{f900}", "豈|豈"),
        ("𠮷野", "𠮷|野"),
        ("한국어를", "한|국|어|를"),
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}", "한|국"),
        ("하\u{11ab}", "한"),
        ("ㅋㅋ", "\u{110f}|\u{110f}"),
        ("ภาษาไทย", "ภ|า|ษ|า|ไ|ท|ย"),
        (
            "น้ำ น\u{e49}\u{e4d}\u{e32}",
            "น\u{e49}\u{e4d}|า|น\u{e49}\u{e4d}|า",
        ),
        ("ລາວ", "ລ|າ|ວ"),
        ("ខ្មែរ", "ខ្|មែ|រ"),
        ("မြန်မာ", "မြ|န်|မာ"),
        ("བོད་", "བོ|ད"),
        ("ㄅㄆ ꀀꀁ", "ㄅ|ㄆ|ꀀ|ꀁ"),
        // Symbols and invisible characters.
        ("😀 party🎉time ❤\u{fe0f}", "party|time"),
        ("👩\u{200d}🚀 🇩🇪", ""),
        ("1\u{fe0f}\u{20e3}", "1"),
        (
            "soft\u{ad}hyphen zero\u{200b}width joined\u{2060}word",
            "softhyphen|zero|width|joinedword",
        ),
        ("می\u{200c}خواهم میخواهم", "میخواهم|میخواهم"),
        ("\u{feff}start \u{200f}mark\u{200e}", "start|mark"),
        ("\u{301} \u{e49} \u{301}a", "a"),
        ("a\u{a0}b\u{3000}c—d…e", "a|b|c|d|e"),
        ("\u{fc5e}", ""),
        ("naïve—word’s", "naive|word|s"),
    ];
    for (text, expected) in cases {
        let expected: Vec<&str> = expected
            .split('|')
            .filter(|word| !word.is_empty())
            .collect();
        assert_eq!(texts(text), expected, "{text}");
    }
}

#[test]
fn tokens_have_places_and_positions() {
    let text = "Ab, e\u{301}té—½ 東京 ㍿";
    let mut found = Vec::new();
    let all: Vec<Token> = tokens(text).collect();
    for token in &all {
        found.push((
            token.text.as_str(),
            &text[token.start..token.end],
            token.position,
        ));
    }
    let expected = [
        ("ab", "Ab", 0),
        ("ete", "e\u{301}té", 1),
        ("1", "½", 2),
        ("2", "½", 3),
        ("東", "東", 4),
        ("京", "京", 5),
        ("株", "㍿", 6),
        ("式", "㍿", 7),
        ("会", "㍿", 8),
        ("社", "㍿", 9),
    ];
    assert_eq!(found, expected);
}

#[test]
fn values_are_folded_whole() {
    let cases = [
        ("", ""),
        ("  Hello, WORLD_1 ", "  hello, world_1 "),
        ("Größe\u{a0}L’Été", "grosse l’ete"),
        ("ＡＢＣ－１２", "abc-12"),
        ("株式会社 ㍿", "株式会社 株式会社"),
        ("하\u{11ab} 한", "한 한"),
        ("İI ıi", "ii ii"),
        ("😀\u{fe0f} ½", "😀 1⁄2"),
    ];
    for (text, expected) in cases {
        assert_eq!(fold(text), expected, "{text}");
    }
}

#[test]
fn a_long_token_is_cut_at_a_character() {
    let cases = [
        ("a", 255),
        ("é", 255),
        ("я", 254),
        ("\u{10428}", 252),
        ("a\u{301}", 255),
        ("ह", 255),
    ];
    for (letter, expected) in cases {
        for count in [254, 255, 256, 257, 1_020, 1_021, 5_000] {
            let word = letter.repeat(count);
            let found: Vec<Token> = tokens(&word).collect();
            assert_eq!(found.len(), 1);
            let folded = fold(&word);
            assert_eq!(
                found[0].text,
                folded[..folded.floor_char_boundary(MAX_TOKEN_BYTES)]
            );
            assert!(found[0].text.len() <= expected);
            assert_eq!((found[0].start, found[0].end), (0, word.len()));
            // The end of a word does not decide how it is cut.
            assert_eq!(tokens(&format!("{word}—")).next(), Some(found[0].clone()));
        }
    }
    let marks = format!("a{}", "\u{93c}\u{94d}".repeat(100_000));
    assert_eq!(
        tokens(&marks)
            .map(|token| token.text.len())
            .collect::<Vec<_>>(),
        [253]
    );
}

/// Every assigned character alone, beside the case folding of ICU4X.
#[test]
fn case_folding_is_that_of_unicode() {
    let mapper = CaseMapper::new();
    // Without most of Han and Hangul, which have no case, for the sake of time.
    let codes = (0..0x3400)
        .chain(0xa000..0xac00)
        .chain(0xf900..0x1_f300)
        .chain(0xe_0000..0xe_0200);
    for c in codes.filter_map(char::from_u32) {
        let folded = fold(&c.to_string());
        assert_eq!(fold(&folded), folded, "U+{:04X}", c as u32);
        assert!(NFC.is_normalized(&folded));
        // ICU4X may know letters that the standard library does not know yet. The iota below a Greek vowel is a mark here,
        // and a letter to Unicode when folded.
        if !c.is_alphabetic() || NFKD.normalize(&c.to_string()).contains('\u{345}') {
            continue;
        }
        // Those that fold to one another by Unicode are equal here.
        let by_unicode = mapper.fold_string(&c.to_string()).into_owned();
        assert_eq!(fold(&by_unicode), folded, "U+{:04X}", c as u32);
        // And only those: what is equal here folds alike there, after the removal of marks.
        let stripped: String = NFKD
            .normalize(&c.to_string())
            .chars()
            .filter(|c| !super::is_dropped(*c))
            .collect();
        let again = NFC.normalize(&mapper.fold_string(&stripped)).to_lowercase();
        if stripped != "ı" && !matches!(c, '™' | '℠') {
            assert_eq!(
                again.replace('ς', "σ"),
                folded.to_lowercase(),
                "U+{:04X}",
                c as u32
            );
        }
    }
}

#[test]
fn random_text_has_valid_tokens() {
    let nfd = DecomposingNormalizerBorrowed::new_nfd();
    let mut random = Random::new(1);
    for _ in 0..5_000 {
        let text = random_text(&mut random, 60);
        let mut last = (0, 0);
        for (index, token) in tokens(&text).enumerate() {
            assert!(
                token.start < token.end && token.end <= text.len(),
                "{text:?}"
            );
            assert!(
                text.is_char_boundary(token.start) && text.is_char_boundary(token.end),
                "{text:?}"
            );
            // Only tokens of one character overlap.
            assert!(last.0 <= token.start && last.1 <= token.end, "{text:?}");
            assert!(
                last.1 <= token.start || text[token.start..last.1].chars().count() == 1,
                "{text:?}"
            );
            assert!(!token.text.is_empty() && token.text.len() <= MAX_TOKEN_BYTES);
            assert!(NFC.is_normalized(&token.text), "{text:?}");
            assert_eq!(token.position as usize, index);
            last = (token.start, token.end);
        }
        // Equivalent writings have the same tokens, and folding changes nothing for them.
        let all = texts(&text);
        assert_eq!(texts(&nfd.normalize(&text)), all, "{text:?}");
        assert_eq!(texts(&NFC.normalize(&text)), all, "{text:?}");
        let folded = fold(&text);
        let decomposed = NFKD.normalize(&text);
        if !text.contains(['™', '℠']) && !decomposed.contains(super::FRACTION_SLASH) {
            assert_eq!(texts(&decomposed), all, "{text:?}");
            assert_eq!(texts(&folded), all, "{text:?}");
        }
        assert!(NFC.is_normalized(&folded), "{text:?}");
        assert_eq!(fold(&folded), folded, "{text:?}");
    }
}

#[test]
fn any_part_of_a_text_has_tokens_without_panic() {
    let mut random = Random::new(2);
    for _ in 0..500 {
        let text = random_text(&mut random, 60);
        let boundaries: Vec<usize> = (0..=text.len())
            .filter(|at| text.is_char_boundary(*at))
            .collect();
        for (index, start) in boundaries.iter().enumerate() {
            for end in &boundaries[index..] {
                let part = &text[*start..*end];
                assert!(tokens(part).all(|token| part.get(token.start..token.end).is_some()));
            }
        }
        let _ = text.chars().filter(|c| continues(*c)).count();
    }
}

#[test]
fn reused_tokens_are_the_same() {
    let text = "Ab é\u{301} 東京 x".repeat(3);
    let (mut reader, mut token, mut found) = (tokens(&text), Token::default(), Vec::new());
    while reader.advance(&mut token) {
        found.push(token.clone());
    }
    assert_eq!(found, tokens(&text).collect::<Vec<_>>());
}

#[test]
fn hostile_text_takes_linear_time() {
    for part in [
        "a",
        "é",
        "\u{301}",
        "a\u{301}",
        "\u{93c}",
        "\u{94d}\u{93c}",
        "ﷺ",
        "\u{1161}",
        "\u{200d}",
        "😀",
        "—a",
        "a—",
        "½",
    ] {
        let text = part.repeat(200_000 / part.len());
        assert!(tokens(&text).count() <= 4 * text.len());
        assert!(fold(&text).len() <= 12 * text.len());
    }
}

/// `cargo test --release -- --ignored --nocapture throughput`
#[test]
#[ignore = "a measurement"]
fn throughput() {
    let samples = [
        (
            "English",
            "The quick brown fox can't jump over the lazy dog; VPN access (v2.1) is documented at example.com/kb. ",
        ),
        (
            "German",
            "Die Straße über den Fluß ist gesperrt, größere Fahrzeuge müssen die Umleitung für Übergrößen nehmen. ",
        ),
        (
            "Russian",
            "Съешь же ещё этих мягких французских булок, да выпей чаю. ",
        ),
        ("Chinese", "企业虚拟专用网络的设置方法，请参阅帮助文档。"),
        ("Japanese", "会社のネットワークに接続するためのガイドです。"),
        ("Korean", "회사 네트워크에 연결하는 방법을 안내합니다. "),
        ("Thai", "วิธีเชื่อมต่อเครือข่ายของบริษัทน้ำ "),
        ("Hindi", "कंपनी के नेटवर्क से जुड़ने का तरीका। "),
        ("Arabic", "كيفية الاتصال بشبكة الشركة من المنزل، مرحبًا. "),
    ];
    for (name, sample) in samples {
        let text = sample.repeat(20_000_000 / sample.len());
        let megabytes = f64::from(u32::try_from(text.len()).unwrap()) / 1e6;
        let rate = |work: &dyn Fn() -> usize| {
            (0..3)
                .map(|_| {
                    let start = std::time::Instant::now();
                    std::hint::black_box(work());
                    megabytes / start.elapsed().as_secs_f64()
                })
                .fold(0.0, f64::max)
        };
        let advance = rate(&|| {
            let (mut reader, mut token, mut count) = (tokens(&text), Token::default(), 0);
            while reader.advance(&mut token) {
                count += token.text.len();
            }
            count
        });
        let next = rate(&|| tokens(&text).map(|token| token.text.len()).sum());
        let folding = rate(&|| fold(&text).len());
        println!(
            "{name:10} advance {advance:6.0} MB/s, iterator {next:6.0} MB/s, fold {folding:6.0} MB/s"
        );
    }
}

#[test]
#[ignore = "a measurement"]
fn throughput_of_the_others() {
    use crate::search::terms::{Terms, Wanted};
    let sample = "<p>The quick brown fox can't jump over the <b>lazy</b> dog; see <a href=\"https://example.com\">VPN access</a> &amp; more.</p>\n";
    let html = sample.repeat(4_000_000 / sample.len());
    let text = crate::search::html::text(&html);
    let wanted = Wanted {
        words: vec![
            vec!["fox".into()],
            vec!["lazy".into(), "dog".into()],
            vec!["absent".into()],
        ],
        prefixes: vec![vec!["acc".into()]],
    };
    let terms = Terms::new(&wanted);
    let words = [
        ("fox".to_owned(), 1.0),
        ("vpn".to_owned(), 2.0),
        ("absent".to_owned(), 3.0),
    ];
    let time = |name: &str, bytes: usize, work: &dyn Fn()| {
        let start = std::time::Instant::now();
        work();
        println!("{name} {bytes} bytes {:?}", start.elapsed());
    };
    for _ in 0..3 {
        time("html", html.len(), &|| {
            std::hint::black_box(crate::search::html::text(&html));
        });
        time("summary", text.len(), &|| {
            std::hint::black_box(crate::search::summary::summary(&text, &terms));
        });
        time("summary 4 KB", 4000, &|| {
            std::hint::black_box(crate::search::summary::summary(&text[..4000], &terms));
        });
        time("extracts", text.len(), &|| {
            std::hint::black_box(crate::search::extracts::extracts(&text, &words, 3));
        });
        time("extracts 4 KB", 4000, &|| {
            std::hint::black_box(crate::search::extracts::extracts(&text[..4000], &words, 3));
        });
    }
}
