//! Items to search: words as rare as those of a language, lists of access control as an organization has them, and who asks.
//!
//! Everything follows from its number, so that each run and each engine has the same. `search.lua` draws words alike.

use serde::{Deserialize, Serialize};

/// Words of the vocabulary; the first is the commonest.
pub const WORDS: u32 = 100_000;
/// Groups of the directory, external groups, and users that entries name.
pub const GROUPS: u32 = 2_000;
pub const EXTERNAL_GROUPS: u32 = 20_000;
pub const USERS: u32 = 10_000;
pub const KINDS: [&str; 12] = [
    "fault", "request", "question", "change", "incident", "task", "contract", "invoice", "minutes",
    "policy", "manual", "note",
];

/// Who asks: by how many principals entries can name him, and in what.
pub const CALLERS: [Caller; 3] = [
    Caller::new("22", 19, 0),
    Caller::new("1000", 100, 897),
    Caller::new("10000", 100, 9_897),
];

/// A user, besides whom entries name everyone and everyone except guests.
pub struct Caller {
    pub name: &'static str,
    /// So many groups of the directory, which his token names.
    pub groups: u32,
    /// So many external groups, the most of them by being in another.
    pub external_groups: u32,
}

impl Caller {
    const fn new(name: &'static str, groups: u32, external_groups: u32) -> Self {
        Self {
            name,
            groups,
            external_groups,
        }
    }

    /// Among all groups, spread evenly.
    pub fn groups(&self) -> impl Iterator<Item = u32> {
        let step = GROUPS / self.groups;
        (0..self.groups).map(move |n| n * step)
    }

    pub fn external_groups(&self) -> impl Iterator<Item = u32> {
        let step = EXTERNAL_GROUPS / self.external_groups.max(1);
        (0..self.external_groups).map(move |n| n * step)
    }

    /// As entries name him; the first is his identifier.
    pub fn entries(&self) -> Vec<Entry> {
        let no = CALLERS.iter().position(|it| it.name == self.name);
        let no = u32::try_from(no.expect("one of those")).expect("few");
        let mut entries = vec![
            Entry::grant("user", user(no)),
            Entry::grant("everyone", EVERYONE.to_owned()),
            Entry::grant("everyoneExceptGuests", EVERYONE.to_owned()),
        ];
        entries.extend(self.groups().map(|n| Entry::grant("group", group(n))));
        let external = self.external_groups();
        entries.extend(external.map(|n| Entry::grant("externalGroup", external_group(n))));
        entries
    }
}

const EVERYONE: &str = "everyone";

pub fn user(no: u32) -> String {
    format!("00000000-0000-4000-8000-0000000{no:05}")
}

pub fn group(no: u32) -> String {
    format!("00000000-0000-4000-9000-0000000{no:05}")
}

pub fn external_group(no: u32) -> String {
    format!("group{no:05}")
}

/// An entry of an access control list as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub r#type: String,
    pub value: String,
    pub deny: bool,
}

impl Entry {
    fn grant(r#type: &str, value: String) -> Self {
        let r#type = r#type.to_owned();
        Self {
            r#type,
            value,
            deny: false,
        }
    }

    fn denying(self) -> Self {
        Self { deny: true, ..self }
    }
}

/// The word of a rank: syllables of a consonant and a vowel. Two of them, or three.
pub fn word(rank: u32) -> String {
    let (consonants, vowels) = (b"bcdfghjklmnpqrstvwxz", b"aeiou");
    let syllables = if rank < 10_000 { 2 } else { 3 };
    let mut word = String::new();
    for place in (0..syllables).rev() {
        let syllable = (rank / 100_u32.pow(place) % 100) as usize;
        word.push(consonants[syllable / 5].into());
        word.push(vowels[syllable % 5].into());
    }
    word
}

/// Numbers that look random: SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "it is below `end`")]
        let below = (self.next() % u64::from(end)) as u32;
        below
    }

    /// A rank by Zipf's law: one is half as likely as another of half its size.
    fn rank(&mut self) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "any number will do")]
        let part = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        #[expect(clippy::cast_possible_truncation, reason = "it is below `WORDS`")]
        #[expect(clippy::cast_sign_loss, reason = "it is positive")]
        let rank = f64::from(WORDS).powf(part) as u32;
        rank - 1
    }

    /// Words in sentences.
    fn sentences(&mut self, words: u32) -> String {
        let mut text = String::new();
        for n in 0..words {
            if n > 0 {
                text.push_str(if n % 12 == 0 { ". " } else { " " });
            }
            text.push_str(&word(self.rank()));
        }
        text
    }
}

/// Properties of an item, in the order of the schema.
#[derive(Serialize)]
struct Properties<'a> {
    title: String,
    url: String,
    kind: &'a str,
    priority: u32,
    changed: String,
}

/// An item as it is stored.
pub fn item(no: u32) -> crate::Item {
    let mut random = Random::new(no.into());
    let (kind, other) = (random.below(12), random.below(12));
    let properties = Properties {
        title: random.sentences(6),
        url: format!("https://contoso.example/items/{no}"),
        kind: KINDS[kind.min(other) as usize],
        priority: 1 + random.below(5),
        changed: format!(
            "{}-{:02}-{:02}T{:02}:30:00Z",
            2025 + random.below(2),
            1 + random.below(12),
            1 + random.below(28),
            random.below(24)
        ),
    };
    let words = 120 + random.below(121);
    crate::Item {
        text: random.sentences(words),
        properties: serde_json::to_string(&properties).expect("JSON"),
        acl: serde_json::to_string(&acl(&mut random)).expect("JSON"),
    }
}

/// Who may see an item: everyone for three in ten; some groups, external groups or users for the others; and of some that, somebody not.
fn acl(random: &mut Random) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut some = |random: &mut Random, most: u32, entry: &dyn Fn(&mut Random) -> Entry| {
        for _ in 0..=random.below(most) {
            entries.push(entry(random));
        }
    };
    let of_group = |random: &mut Random| Entry::grant("group", group(random.below(GROUPS)));
    let of_user = |random: &mut Random| Entry::grant("user", user(random.below(USERS)));
    let of_external = |random: &mut Random| {
        let no = random.below(EXTERNAL_GROUPS);
        Entry::grant("externalGroup", external_group(no))
    };
    match random.below(100) {
        0..20 => some(random, 1, &|_| {
            Entry::grant("everyone", EVERYONE.to_owned())
        }),
        20..30 => some(random, 1, &|_| {
            Entry::grant("everyoneExceptGuests", EVERYONE.to_owned())
        }),
        30..70 => some(random, 4, &of_group),
        70..90 => some(random, 3, &of_external),
        _ => some(random, 2, &of_user),
    }
    match random.below(100) {
        0..3 => some(random, 1, &|random| of_group(random).denying()),
        3..5 => some(random, 1, &|random| of_external(random).denying()),
        5 => some(random, 1, &|random| of_user(random).denying()),
        _ => {}
    }
    entries
}
