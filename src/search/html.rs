//! The text of HTML: what a reader of the page would see, for the index and for summaries.
//!
//! Not a parser: it builds no tree and checks nothing. Every input has a text, and the time is linear in its length. It
//! follows the tokenisation of the HTML standard (section 13.2.5) where that decides what is text, with one exception: a
//! tag that is never closed is text, because the author of `5 <b and …` still wants to find the rest.
//!
//! A run of white space becomes one space, and the start or end of a block element (a paragraph, a table's row) one line
//! feed. So words of neighbouring blocks stay apart, and a line feed is a boundary of sentences.

/// The text of `html`. Never longer than `html`.
pub(crate) fn text(html: &str) -> String {
    let mut scanner = Scanner {
        html,
        at: 0,
        tags_may_be_quoted: true,
        tags_may_close: true,
        preformatted: 0,
        text: String::new(),
        gap: Gap::None,
    };
    scanner.run();
    scanner.text
}

struct Scanner<'h> {
    html: &'h str,
    /// The next byte to read.
    at: usize,
    /// False once a quoted attribute value was not closed: from then on any `>` ends a tag.
    tags_may_be_quoted: bool,
    /// False once no `>` was found: from then on `<` is text. Both keep the scan linear.
    tags_may_close: bool,
    /// Number of open `pre` elements, whose line feeds count.
    preformatted: u32,
    text: String,
    /// White space that is due before the next character.
    gap: Gap,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while self.at < self.html.len() {
            let rest = &self.html[self.at..];
            let plain = rest.find(['<', '&']).unwrap_or(rest.len());
            self.push_text(&rest[..plain]);
            self.at += plain;
            let read = match rest.as_bytes().get(plain) {
                Some(b'<') => self.markup(),
                Some(_) => self.character_reference(),
                None => break,
            };
            if !read {
                // Both are ASCII, so the next byte begins a character.
                self.push_text(&self.html[self.at..=self.at]);
                self.at += 1;
            }
        }
    }

    fn push_text(&mut self, text: &str) {
        for c in text.chars() {
            self.push(c);
        }
    }

    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            let line = c == '\n' && self.preformatted > 0;
            self.gap = self.gap.max(if line { Gap::Line } else { Gap::Space });
            return;
        }
        if !self.text.is_empty() {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => self.text.push('\n'),
            }
        }
        self.gap = Gap::None;
        self.text.push(c);
    }

    /// Reads the tag, comment or declaration that starts here. Returns false if the `<` is text.
    fn markup(&mut self) -> bool {
        let rest = &self.html[self.at + 1..];
        if !self.tags_may_close {
            // Not even its name is looked for, which may be long.
            return rest.starts_with("!--") && self.comment();
        }
        let (closing, name) = match rest.as_bytes() {
            [b'!', b'-', b'-', ..] => return self.comment(),
            [b'/', first, ..] if first.is_ascii_alphabetic() => (true, &rest[1..]),
            [b'!' | b'?' | b'/', ..] => return self.skip_past_gt(),
            [first, ..] if first.is_ascii_alphabetic() => (false, rest),
            _ => return false,
        };
        let length = name
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(name.len());
        let name = &name[..length];
        if !self.skip_tag() {
            return false;
        }
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        if HIDDEN.iter().any(is) {
            if !closing {
                self.skip_hidden(name);
            }
        } else if BLOCKS.iter().any(is) {
            self.gap = Gap::Line;
        } else if !INLINE.iter().any(is) {
            self.gap = self.gap.max(Gap::Space);
        }
        if is(&"pre") {
            self.preformatted = if closing {
                self.preformatted.saturating_sub(1)
            } else {
                self.preformatted.saturating_add(1)
            };
        }
        true
    }

    /// An unclosed comment ends with the text.
    fn comment(&mut self) -> bool {
        let content = self.at + "<!--".len();
        let rest = &self.html[content..];
        let length = if rest.starts_with('>') {
            1
        } else if rest.starts_with("->") {
            2
        } else {
            rest.match_indices('>')
                .find(|(at, _)| rest[..*at].ends_with("--") || rest[..*at].ends_with("--!"))
                .map_or(rest.len(), |(at, _)| at + 1)
        };
        self.at = content + length;
        true
    }

    fn skip_past_gt(&mut self) -> bool {
        let found = if self.tags_may_close {
            self.html[self.at..].find('>')
        } else {
            None
        };
        match found {
            Some(length) => self.at += length + 1,
            None => self.tags_may_close = false,
        }
        found.is_some()
    }

    /// Moves past the end of a tag; a `>` inside a quoted attribute value is not its end.
    fn skip_tag(&mut self) -> bool {
        if !self.tags_may_be_quoted {
            return self.skip_past_gt();
        }
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'>' => {
                    self.at = at;
                    return true;
                }
                b'=' => {
                    at += bytes[at..]
                        .iter()
                        .take_while(|byte| byte.is_ascii_whitespace())
                        .count();
                    let Some(quote @ (b'"' | b'\'')) = bytes.get(at) else {
                        continue;
                    };
                    match bytes[at + 1..].iter().position(|byte| byte == quote) {
                        Some(length) => at += length + 2,
                        None => break,
                    }
                }
                _ => {}
            }
        }
        self.tags_may_be_quoted = false;
        self.skip_past_gt()
    }

    /// Moves to the end tag of an element whose content is not shown, or to the end of the text.
    fn skip_hidden(&mut self, name: &str) {
        let bytes = self.html.as_bytes();
        let end_tag = self.html[self.at..]
            .match_indices("</")
            .map(|(at, _)| self.at + at)
            .find(|at| {
                let from = at + 2;
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
                bytes
                    .get(from..from + name.len())
                    .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                    && bytes.get(from + name.len()).is_none_or(ends)
            });
        self.at = end_tag.unwrap_or(self.html.len());
    }

    /// Reads the character reference that starts here. Returns false if the `&` is text.
    fn character_reference(&mut self) -> bool {
        let bytes = self.html.as_bytes();
        let name = &bytes[self.at + 1..];
        let within = &name[..name.len().min(MAX_REFERENCE_BYTES)];
        let Some(length) = within.iter().position(|byte| *byte == b';') else {
            return false;
        };
        let Some(c) = self
            .html
            .get(self.at + 1..self.at + 1 + length)
            .and_then(decode)
        else {
            return false;
        };
        self.push(c);
        self.at += length + 2;
        true
    }
}

/// Length of a character reference between `&` and `;`, bytes. A longer one stays as it is.
const MAX_REFERENCE_BYTES: usize = 32;

/// Elements whose content is not shown.
const HIDDEN: [&str; 6] = [
    "script", "style", "iframe", "noembed", "noframes", "template",
];

/// Elements that may stand inside a word. An element that is in neither list, such as `td` and `img`, ends a word.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "u", "var", "wbr",
];

/// Elements that begin and end a line.
const BLOCKS: [&str; 49] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The character that a reference names, without `&` and `;`.
fn decode(reference: &str) -> Option<char> {
    let Some(number) = reference.strip_prefix('#') else {
        return named(reference);
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    // What does not fit, zero and surrogates: as the standard has it.
    let code = u32::from_str_radix(digits, radix).unwrap_or(0);
    Some(match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => WINDOWS_1252
            .chars()
            .nth(code as usize - 0x80)
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}

/// `&#128;` to `&#159;` mean the characters of Windows-1252.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn named(name: &str) -> Option<char> {
    if let Some(at) = LATIN_1.iter().position(|known| *known == name) {
        return u32::try_from(at)
            .ok()
            .and_then(|at| char::from_u32(0xa0 + at));
    }
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, c)| *c)
}

/// Names of U+00A0 to U+00FF, in order.
const LATIN_1: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// The other names of HTML 4 that are letters, punctuation or spaces.
const NAMED: [(&str, char); 96] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("rarr", '→'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("minus", '−'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Gamma", 'Γ'),
    ("Delta", 'Δ'),
    ("Epsilon", 'Ε'),
    ("Zeta", 'Ζ'),
    ("Eta", 'Η'),
    ("Theta", 'Θ'),
    ("Iota", 'Ι'),
    ("Kappa", 'Κ'),
    ("Lambda", 'Λ'),
    ("Mu", 'Μ'),
    ("Nu", 'Ν'),
    ("Xi", 'Ξ'),
    ("Omicron", 'Ο'),
    ("Pi", 'Π'),
    ("Rho", 'Ρ'),
    ("Sigma", 'Σ'),
    ("Tau", 'Τ'),
    ("Upsilon", 'Υ'),
    ("Phi", 'Φ'),
    ("Chi", 'Χ'),
    ("Psi", 'Ψ'),
    ("Omega", 'Ω'),
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("pi", 'π'),
    ("rho", 'ρ'),
    ("sigmaf", 'ς'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
];

#[cfg(test)]
mod tests {
    use super::text;
    use crate::search::text::tests::Random;

    #[test]
    fn gives_the_text_that_a_reader_sees() {
        let cases = [
            ("", ""),
            ("plain", "plain"),
            ("<p>one</p><p>two</p>", "one\ntwo"),
            (
                "<h1>VPN</h1>\n  Set up\n  the <b>V</b>PN.<br>Then <i>log in</i>.",
                "VPN\nSet up the VPN.\nThen log in.",
            ),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "a b\nc",
            ),
            ("see <img src=x>here<unknown>there", "see here there"),
            ("<pre>one\ntwo</pre>three\nfour", "one\ntwo\nthree four"),
            (
                "<html><head><title>T</title><style>p { color: red }</style></head><body>x",
                "T\nx",
            ),
            ("a<script>if (a < b) document.write('</p>')</script>b", "ab"),
            ("a<SCRIPT type='x'>1</scriptx></ScRiPt >b", "ab"),
            ("a<style>never closed <p>b", "a"),
            (
                "a<!-- <p>hidden</p> -->b<!-->c<!--->d<!-- x --!>e<!--- y --->f",
                "abcdef",
            ),
            ("a<!-- never closed <p>b", "a"),
            (
                "<!DOCTYPE html><?xml version='1.0'?><![CDATA[x]]>a</ >b",
                "ab",
            ),
            ("<a title=\"x > y\" href='>'>link</a>", "link"),
            ("<a title = \"x > y\">link</a>", "link"),
            ("<p\">text", "text"),
            // Text that only looks like markup.
            ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
            ("5 <b and the rest", "5 <b and the rest"),
            ("<a title=\"never closed>text", "text"),
            ("a <3 b <", "a <3 b <"),
            ("</", "</"),
            // Character references.
            ("&lt;p&gt; &amp;amp; &quot;&apos;&#39;", "<p> &amp; \"''"),
            (
                "Stra&szlig;e &Uuml;ber&nbsp;caf&eacute; &yuml;",
                "Straße Über café ÿ",
            ),
            ("&alpha;&Omega;&hellip;&ndash;&euro;", "αΩ…–€"),
            ("&#65;&#x1F600;&#X42;&#146;", "A😀B’"),
            ("&#0;&#xD800;&#x110000;&#99999999999999999999;", "����"),
            (
                "&unknown; &; &#; &#x; &#xg; &amp &#65 AT&T &é;",
                "&unknown; &; &#; &#x; &#xg; &amp &#65 AT&T &é;",
            ),
            ("東京<wbr>都<p>ภาษาไทย</p>हिन्दी", "東京都\nภาษาไทย\nहिन्दी"),
        ];
        for (html, expected) in cases {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn hostile_html_takes_linear_time() {
        let parts = [
            "<",
            "<a",
            "<a b=\">\" ",
            "<a b='",
            "<!--",
            "<!-- --",
            "<!",
            "</",
            "<script>",
            "</script",
            "<p>",
            "&",
            "&#",
            "&amp",
            "&lt;",
            "<pre>",
            "<a =\"'",
            "<script></script",
            "=\"",
            "<style><",
            "<?",
            "é<é&é",
        ];
        for part in parts {
            let html = part.repeat(1_000_000 / part.len());
            assert!(text(&html).len() <= html.len(), "{part}");
            assert!(
                text(&format!("{html}>\"'")).len() <= html.len() + 3,
                "{part}"
            );
        }
    }

    #[test]
    fn random_html_is_read_without_panic_and_never_grows() {
        let parts = [
            "<",
            ">",
            "<a ",
            "<p>",
            "</p>",
            "=",
            "\"",
            "'",
            "&",
            ";",
            "#",
            "&#x",
            "lt",
            "é",
            "東",
            " ",
            "\n",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<pre>",
            "😀",
            "/",
            "a",
            "!",
        ];
        let mut random = Random::new(7);
        for _ in 0..20_000 {
            let length = random.below(20);
            let html: String = (0..length).map(|_| *random.pick(&parts)).collect();
            assert!(text(&html).len() <= html.len(), "{html}");
        }
    }
}
