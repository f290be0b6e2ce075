use super::{Extract, MAX_CHARACTERS, extracts, split};
use crate::search::text::tests::{Random, random_text};
use crate::search::text::tokens;

fn words(query: &str) -> Vec<(String, f64)> {
    tokens(query).map(|token| (token.text, 1.0)).collect()
}

/// Sentences that are too long to share an extract.
fn long(sentence: &str) -> String {
    format!("{sentence} {}.", "filler ".repeat(70).trim_end())
}

#[test]
fn splits_sentences() {
    let cases: [(&str, &[&str]); 19] = [
        ("", &[]),
        (" \n ", &[]),
        (
            "One. Two! Three? Four… Five",
            &["One.", "Two!", "Three?", "Four…", "Five"],
        ),
        ("Really?! Wait... What", &["Really?!", "Wait...", "What"]),
        (
            "He said \"no way.\" Then (he left.) Gone",
            &["He said \"no way.\"", "Then (he left.)", "Gone"],
        ),
        (
            "Version 3.5 of a.b.c is out. Get it",
            &["Version 3.5 of a.b.c is out.", "Get it"],
        ),
        (
            "Dr. Smith and J. Doe, e.g. here. End",
            &["Dr. Smith and J. Doe, e.g. here.", "End"],
        ),
        (
            "Am 3. Oktober bzw. Montag, z. B. um 12. Ende",
            &["Am 3. Oktober bzw. Montag, z. B. um 12. Ende"],
        ),
        (
            "Die Straße ist gesperrt. Über Nacht.",
            &["Die Straße ist gesperrt.", "Über Nacht."],
        ),
        (
            "Title\n\nWrapped line\nthat goes on.\r\nNext",
            &["Title", "Wrapped line\nthat goes on.", "Next"],
        ),
        (
            "東京に行く。「楽しい！」と言った。本当？",
            &["東京に行く。", "「楽しい！」", "と言った。", "本当？"],
        ),
        ("请设置网络。然后登录！", &["请设置网络。", "然后登录！"]),
        (
            "네트워크를 설정합니다. 그런 다음 로그인합니다.",
            &["네트워크를 설정합니다.", "그런 다음 로그인합니다."],
        ),
        ("यह पहला है। यह दूसरा है।", &["यह पहला है।", "यह दूसरा है।"]),
        (
            "هل أنت هنا؟ نعم. أنا هنا",
            &["هل أنت هنا؟", "نعم.", "أنا هنا"],
        ),
        ("Πού είσαι; Εδώ. Τέλος", &["Πού είσαι; Εδώ.", "Τέλος"]),
        (
            "İstanbul güzel. Ilık hava",
            &["İstanbul güzel.", "Ilık hava"],
        ),
        ("ภาษาไทย ไม่มีจุด\nบรรทัดใหม่", &["ภาษาไทย ไม่มีจุด", "บรรทัดใหม่"]),
        ("Party 🎉! Yes 😀. No", &["Party 🎉!", "Yes 😀.", "No"]),
    ];
    for (content, expected) in cases {
        let found: Vec<&str> = split(content)
            .into_iter()
            .map(|sentence| &content[sentence.bytes])
            .collect();
        assert_eq!(found, expected, "{content}");
    }
}

#[test]
fn the_best_extract_comes_first_and_is_whole() {
    let content = [
        long("The VPN is slow."),
        long("Nothing here."),
        long("Set up the corporate VPN."),
        long("End."),
    ]
    .join(" ");
    let found = extracts(&content, &words("setup corporate vpn"), 3);
    let starts: Vec<(&str, f64)> = found
        .iter()
        .map(|extract| (&extract.text[..9], extract.weight))
        .collect();
    assert_eq!(starts, [("Set up th", 2.0), ("The VPN i", 1.0)]);
    assert!(found.iter().all(|extract| extract.text.ends_with('.')));
}

#[test]
fn neighbours_complete_an_extract() {
    let content = "Intro. The VPN client. Click on connect. Enter your password.";
    assert_eq!(
        extracts(content, &words("vpn password"), 3),
        [Extract {
            text: content,
            weight: 2.0
        }]
    );
}

#[test]
fn weights_decide() {
    let content = [long("The how the."), long("VPN.")].join("\n\n");
    let words = [
        ("the".to_owned(), 0.1),
        ("how".to_owned(), 0.2),
        ("vpn".to_owned(), 3.0),
    ];
    let found = extracts(&content, &words, 3);
    assert!(found[0].text.starts_with("VPN."));
    assert!((found[0].weight - 3.0).abs() < 1e-9 && (found[1].weight - 0.3).abs() < 1e-9);
    assert_eq!(extracts(&content, &words, 1).len(), 1);
    assert_eq!(extracts(&content, &words, 0).len(), 0);
}

#[test]
fn without_a_match_the_beginning_is_given() {
    let content = [long("First."), long("Second."), long("Third.")].join(" ");
    let nan = [
        ("first".to_owned(), f64::NAN),
        ("first".to_owned(), 1.0),
        ("second".to_owned(), -1.0),
    ];
    for words in [words("absent"), words(""), nan.to_vec()] {
        let found = extracts(&content, &words, 3);
        assert_eq!(found.len(), 1);
        assert!(found[0].text.starts_with("First. filler") && found[0].weight == 0.0);
    }
    assert_eq!(extracts(" \n\t ", &words("x"), 3), []);
}

#[test]
fn long_sentences_are_cut_at_words() {
    let content = format!(
        "{} needle {}",
        "word ".repeat(300).trim_end(),
        "more ".repeat(300).trim_end()
    );
    let found = extracts(&content, &words("needle"), 3);
    assert_eq!(found.len(), 1);
    assert!(found[0].text.contains("needle"));
    assert!(
        found[0]
            .text
            .split(' ')
            .all(|word| ["word", "needle", "more"].contains(&word))
    );
    let content = format!("{}目{}", "漢".repeat(1000), "e\u{301}".repeat(1000));
    let found = extracts(&content, &words("目"), 3);
    assert!(found[0].text.contains('目') && found[0].text.chars().count() <= MAX_CHARACTERS);
}

#[test]
fn hostile_content_takes_linear_time() {
    for part in [
        ".", ". ", "\n", "\n ", "a. ", "A. B ", ".)", "! ", "(", "。", "\u{301}", "e\u{301}", "a",
        " ", "\r",
    ] {
        let content = part.repeat(500_000 / part.len());
        for extract in extracts(&content, &words("a b e"), 3) {
            assert!(extract.text.chars().count() <= MAX_CHARACTERS, "{part:?}");
        }
    }
}

#[test]
fn random_content_gives_bounded_extracts_that_do_not_overlap() {
    let mut random = Random::new(11);
    for _ in 0..1_000 {
        let content = random_text(&mut random, 2_000);
        let query = random_text(&mut random, 20);
        let found = extracts(&content, &words(&query), 3);
        assert!(found.len() <= 3);
        assert!(
            found
                .iter()
                .all(|extract| extract.text.chars().count() <= MAX_CHARACTERS)
        );
        assert!(
            found
                .windows(2)
                .all(|pair| pair[0].weight >= pair[1].weight)
        );
        let mut places: Vec<(usize, usize)> = found
            .iter()
            .map(|extract| {
                (
                    extract.text.as_ptr() as usize,
                    extract.text.as_ptr() as usize + extract.text.len(),
                )
            })
            .collect();
        places.sort_unstable();
        assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        assert_eq!(found.is_empty(), content.trim().is_empty());
    }
}
