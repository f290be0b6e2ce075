//! Tables: query in, tree or position and rule out. Then limits, hostile text, and trees written and read again.
//!
//! One file, because all of it needs the tables or what prints and compares trees.

use super::{
    Condition, MAX_CHARS, MAX_NESTING, MAX_NODES, Node, Operator, Restriction, Text, parse,
};
use std::time::{Duration, Instant};

/// The tree with all its parentheses.
fn shape(node: &Node) -> String {
    let list = |nodes: &[Node], separator: &str| {
        let shapes: Vec<_> = nodes.iter().map(shape).collect();
        format!("({})", shapes.join(separator))
    };
    match node {
        Node::All => "all".into(),
        Node::Term(term) => text(term),
        Node::Restriction(restriction) => {
            let property = &restriction.property;
            match &restriction.condition {
                Condition::Exists => format!("{property}?"),
                Condition::Range { from, to } => {
                    format!("{property}[{}..{}]", text(from), text(to))
                }
                Condition::Compare(operator, value) => {
                    format!("{property}{}{}", operator.symbol(), text(value))
                }
            }
        }
        Node::And(nodes) => list(nodes, " & "),
        Node::Or(nodes) => list(nodes, " | "),
        Node::Not(inner) => format!("!{}", shape(inner)),
    }
}

/// A quoted text is printed with its quotes, one of several words with braces.
fn text(text: &Text) -> String {
    let star = if text.is_prefix { "*" } else { "" };
    if text.is_quoted {
        format!("{:?}{star}", text.text)
    } else if text.text.contains(' ') {
        format!("{{{}}}{star}", text.text)
    } else {
        format!("{}{star}", text.text)
    }
}

fn read(query: &str) -> Result<Node, (usize, String)> {
    parse(query).map_err(|error| (error.position, error.rule))
}

fn refuses(cases: &[(&str, usize, &str)]) {
    for (query, position, rule) in cases {
        let read = read(query).map(|node| shape(&node));
        assert_eq!(read, Err((*position, (*rule).to_owned())), "{query:?}");
    }
}

const ACCEPTED: &[(&str, &str)] = &[
    // Words.
    ("vpn", "vpn"),
    ("  vpn\t", "vpn"),
    ("CTS-12", "CTS-12"),
    ("C++", "C++"),
    ("a+b", "a+b"),
    ("größe", "größe"),
    ("日本語", "日本語"),
    ("e\u{301}tude", "e\u{301}tude"),
    ("and", "and"),
    ("not", "not"),
    ("android", "android"),
    ("ANDROID", "ANDROID"),
    ("&", "&"),
    (r"a\b", r"a\b"),
    ("don't", "don't"),
    ("what?", "what?"),
    ("a..b", "a..b"),
    ("...", "..."),
    ("12:30", "12:30"),
    ("https://x.y/z", "https://x.y/z"),
    ("HTTP://x.y/z?q=1&r<2", "HTTP://x.y/z?q=1&r<2"),
    ("ftp://x", "ftp://x"),
    // Prefixes and everything.
    ("contos*", "contos*"),
    ("*", "all"),
    ("(*)", "all"),
    ("* AND x", "(all & x)"),
    ("x *", "(x & all)"),
    ("NOT *", "!all"),
    ("-*", "!all"),
    // Phrases.
    (r#""corporate vpn""#, r#""corporate vpn""#),
    (r#""corporate vp*""#, r#""corporate vp"*"#),
    (r#""corporate vp"*"#, r#""corporate vp"*"#),
    (r#""vpn""#, r#""vpn""#),
    (r#""a AND (b""#, r#""a AND (b""#),
    (r#""say ""hi"" now""#, r#""say \"hi\" now""#),
    (r#""""""#, r#""\"""#),
    (r#""a\" b"#, r#"("a\\" & b)"#),
    ("“corporate vpn”", r#""corporate vpn""#),
    ("„corporate vpn“", r#""corporate vpn""#),
    ("”corporate vpn”", r#""corporate vpn""#),
    ("“27\" screen”", r#""27\" screen""#),
    ("\"a “b” c\"", r#""a “b” c""#),
    ("“a””b”", r#""a”b""#),
    ("\"a\nb\"", r#""a\nb""#),
    (r#""AND""#, r#""AND""#),
    (r#""NEAR" x"#, r#"("NEAR" & x)"#),
    // Operators and their precedence.
    ("a b c", "(a & b & c)"),
    ("a AND b", "(a & b)"),
    ("a OR b", "(a | b)"),
    ("a or b", "(a & or & b)"),
    ("a OR b AND c", "(a | (b & c))"),
    ("a AND b OR c", "((a & b) | c)"),
    ("NOT a AND b", "(!a & b)"),
    ("NOT a OR b", "(!a | b)"),
    ("NOT (a OR b)", "!(a | b)"),
    ("NOT(a)OR(b)", "(!a | b)"),
    ("NOT NOT a", "!!a"),
    ("a NOT b", "(a & !b)"),
    ("a AND NOT b", "(a & !b)"),
    ("a OR NOT b", "(a | !b)"),
    ("a OR b c", "((a | b) & c)"),
    ("a b OR c", "(a & (b | c))"),
    ("a OR b NOT c", "((a | b) & !c)"),
    ("a AND b c", "(a & b & c)"),
    ("a b AND c d", "(a & b & c & d)"),
    ("a OR (b OR c)", "(a | b | c)"),
    ("(a b) (c AND d)", "(a & b & c & d)"),
    ("((((a))))", "a"),
    ("(a)(b)", "(a & b)"),
    ("foo(bar)", "(foo & bar)"),
    ("(a OR b) AND (c OR d)", "((a | b) & (c | d))"),
    ("a\u{a0}AND\u{3000}b", "(a & b)"),
    (r#"a AND"b c""#, r#"(a & "b c")"#),
    // Signs.
    ("+a", "a"),
    ("+a +b", "(a & b)"),
    ("-a", "!a"),
    ("a -b", "(a & !b)"),
    ("a OR -b", "(a | !b)"),
    ("NOT -a", "!!a"),
    (r#"-"a b""#, r#"!"a b""#),
    ("-(a OR b)", "!(a | b)"),
    ("+(a OR b) c", "((a | b) & c)"),
    ("-title:a", "!title:a"),
    ("(a)-b", "(a & !b)"),
    // Restrictions.
    ("fileID:item1", "fileID:item1"),
    ("label_title:a", "label_title:a"),
    ("größe:1", "größe:1"),
    ("3d:x", "3d:x"),
    ("title:Contoso Title", "(title:Contoso & Title)"),
    ("title: Contoso Title", "title:{Contoso Title}"),
    ("title:\tContoso\n Title ", "title:{Contoso Title}"),
    ("title: Contoso", "title:Contoso"),
    ("title: Contoso Tit*", "title:{Contoso Tit}*"),
    ("title: a b AND c", "(title:{a b} & c)"),
    ("title: a b OR c d", "((title:{a b} | c) & d)"),
    ("title: a NOT b", "(title:a & !b)"),
    ("title: a -b", "(title:a & !b)"),
    ("title: a (b)", "(title:a & b)"),
    ("(title: a b) c", "(title:{a b} & c)"),
    (r#"title: a "b c""#, r#"(title:a & "b c")"#),
    ("title: a b author:c", "(title:{a b} & author:c)"),
    ("title: a https://x 12:30", "title:{a https://x 12:30}"),
    ("title: a *", "(title:a & all)"),
    ("title: NEAR b", "title:{NEAR b}"),
    ("price= 5 apples", "(price=5 & apples)"),
    (r#"title:"Contoso Title""#, r#"title:"Contoso Title""#),
    (
        r#"title: "Contoso Title" x"#,
        r#"(title:"Contoso Title" & x)"#,
    ),
    ("title:“Contoso Title”", r#"title:"Contoso Title""#),
    ("title:AND", "title:AND"),
    ("title:con*", "title:con*"),
    ("title=con*", "title=con*"),
    (r#"title:"a con*""#, r#"title:"a con"*"#),
    ("title:*", "title?"),
    ("title=*", "title?"),
    ("title: *", "title?"),
    ("url:https://x.y/z", "url:https://x.y/z"),
    ("title:a=b:c", "title:a=b:c"),
    ("a=1", "a=1"),
    ("a<>1", "a<>1"),
    ("a<1", "a<1"),
    ("a<=1", "a<=1"),
    ("a>1", "a>1"),
    ("a>=1", "a>=1"),
    ("a>= 1", "a>=1"),
    // Numbers, dates and ranges.
    ("p:-3", "p:-3"),
    ("p: -3", "p:-3"),
    ("p>-3", "p>-3"),
    ("p:+3", "p:+3"),
    ("p=1.5", "p=1.5"),
    ("price:1..5", "price[1..5]"),
    ("price=1..5", "price[1..5]"),
    ("price: 1..5 x", "(price[1..5] & x)"),
    ("price:-5..-1", "price[-5..-1]"),
    ("price:1.5..2.5", "price[1.5..2.5]"),
    ("price:1...5", "price:1...5"),
    (
        "date:2026-01-01..2026-02-01",
        "date[2026-01-01..2026-02-01]",
    ),
    (
        r#"d:"2026-01-01T00:00:00Z".."2026-02-01T00:00:00Z""#,
        r#"d["2026-01-01T00:00:00Z".."2026-02-01T00:00:00Z"]"#,
    ),
    (
        "d:2026-01-01T00:00:00Z..2026-02-01T00:00:00Z",
        "d[2026-01-01T00:00:00Z..2026-02-01T00:00:00Z]",
    ),
    (r#"d:1.."2""#, r#"d[1.."2"]"#),
    (r#"d:"1"..2 x"#, r#"(d["1"..2] & x)"#),
    (
        "modified>=2026-01-31T09:30:00Z",
        "modified>=2026-01-31T09:30:00Z",
    ),
    (
        "modified>= 2026-01-31T09:30:00Z",
        "modified>=2026-01-31T09:30:00Z",
    ),
    (
        "modified<2026-01-31T09:30:00.1234567+02:00",
        "modified<2026-01-31T09:30:00.1234567+02:00",
    ),
    (r#"modified:"this week""#, r#"modified:"this week""#),
    (r#"code<>"a..b""#, r#"code<>"a..b""#),
    // Neighbours of one property.
    ("author:a author:b", "(author:a | author:b)"),
    ("Author:a AUTHOR=b", "(Author:a | AUTHOR=b)"),
    ("author:a filetype:b", "(author:a & filetype:b)"),
    (
        "author:a filetype:b author:c",
        "((author:a | author:c) & filetype:b)",
    ),
    ("x author:a author:b y", "(x & (author:a | author:b) & y)"),
    ("author:a AND author:b", "(author:a & author:b)"),
    ("(author:a) author:b", "(author:a & author:b)"),
    ("author:a +author:b", "(author:a | author:b)"),
    ("author:a -author:b", "(author:a & !author:b)"),
    ("author:a NOT author:b", "(author:a & !author:b)"),
    ("price:1..5 price:7..9", "(price[1..5] | price[7..9])"),
    ("price>1 price<5", "(price>1 & price<5)"),
    ("price<>1 price<>5", "(price<>1 & price<>5)"),
    ("a:1 b:2 a:3 b:4", "((a:1 | a:3) & (b:2 | b:4))"),
    ("x OR (a:1 a:2)", "(x | a:1 | a:2)"),
    ("title: a title: b", "(title:a | title:b)"),
    (
        "author:a OR author:b filetype:c",
        "((author:a | author:b) & filetype:c)",
    ),
    // Parentheses of a property.
    ("title:(a)", "title:a"),
    ("title:(a OR b)", "(title:a | title:b)"),
    ("title:(a b)", "(title:a & title:b)"),
    ("title: (a b)", "(title:a & title:b)"),
    ("title=(a OR b)", "(title=a | title=b)"),
    (r#"title:("a b" OR con*)"#, r#"(title:"a b" | title:con*)"#),
    ("title:(a NOT b)", "(title:a & !title:b)"),
    ("title:(a -b)", "(title:a & !title:b)"),
    ("title:(+a AND (b OR c))", "(title:a & (title:b | title:c))"),
    ("title:(*)", "title?"),
    ("p:(-3)", "!p:3"),
    (r#"p:("-3")"#, r#"p:"-3""#),
    ("ftp: //x", "ftp://x"),
    ("NOT title:(a OR b)", "!(title:a | title:b)"),
    ("-title:(a OR b)", "!(title:a | title:b)"),
    ("price:(1..5 OR 10..20)", "(price[1..5] | price[10..20])"),
    ("d:(2026-01-31T09:30:00Z)", "d:2026-01-31T09:30:00Z"),
    ("title:(a OR b) title:c", "(title:a | title:b | title:c)"),
    ("title:(a b) title:c", "((title:a & title:b) | title:c)"),
    ("title:(a) x", "(title:a & x)"),
];

#[test]
fn reads_the_supported_language() {
    for (query, expected) in ACCEPTED {
        let read = read(query).map(|node| shape(&node));
        assert_eq!(read, Ok((*expected).to_owned()), "{query:?}");
    }
}

const PREFIX_ONLY: &str = "only a prefix can be searched: '*' must be the last character of a word or of quoted text, or stand alone";
const NO_SPACE_BEFORE: &str = "a space is missing before the quote";
const NO_SPACE_AFTER: &str = "a space is missing after the quote";

const REFUSED: &[(&str, usize, &str)] = &[
    ("", 0, "must not be empty"),
    (" \t\n ", 0, "must not be empty"),
    // Parentheses and quotes.
    ("(a", 2, "a ')' is missing for the '(' at position 0"),
    ("é (", 3, "a ')' is missing for the '(' at position 2"),
    ("((a) ", 5, "a ')' is missing for the '(' at position 0"),
    ("title:(a", 8, "a ')' is missing for the '(' at position 6"),
    ("a)", 1, "there is no '(' for this ')'"),
    (")", 0, "there is no '(' for this ')'"),
    ("(a))b", 3, "there is no '(' for this ')'"),
    ("a ()", 2, "the parentheses are empty"),
    ("( )", 0, "the parentheses are empty"),
    ("title:( )", 6, "the parentheses are empty"),
    (
        "é \"b",
        4,
        "a closing quote is missing for the quote at position 2",
    ),
    (
        "\"a\"\"",
        4,
        "a closing quote is missing for the quote at position 0",
    ),
    (
        "“a\"",
        3,
        "a closing quote is missing for the quote at position 0",
    ),
    (
        "title:\"a",
        8,
        "a closing quote is missing for the quote at position 6",
    ),
    ("27\"", 2, NO_SPACE_BEFORE),
    ("title:a\"b\"", 7, NO_SPACE_BEFORE),
    ("*\"a\"", 1, NO_SPACE_BEFORE),
    ("\"a\"b", 3, NO_SPACE_AFTER),
    ("\"a\"“b”", 3, NO_SPACE_AFTER),
    ("title:\"a\"b", 9, NO_SPACE_AFTER),
    ("\"a\"..\"b\"", 3, NO_SPACE_AFTER),
    (
        "a \"\"",
        2,
        "the quotes are empty; property:* finds items that have a value",
    ),
    (
        "title=\" \"",
        6,
        "the quotes are empty; property:* finds items that have a value",
    ),
    // Operators without operands.
    (
        "AND",
        0,
        "a search term is missing before 'AND'; in quotes 'AND' is a word",
    ),
    (
        " OR a",
        1,
        "a search term is missing before 'OR'; in quotes 'OR' is a word",
    ),
    (
        "(AND a)",
        1,
        "a search term is missing before 'AND'; in quotes 'AND' is a word",
    ),
    (
        "a AND",
        2,
        "a search term is missing after 'AND'; in quotes 'AND' is a word",
    ),
    (
        "a OR b OR ",
        7,
        "a search term is missing after 'OR'; in quotes 'OR' is a word",
    ),
    (
        "a AND AND b",
        2,
        "a search term is missing after 'AND'; in quotes 'AND' is a word",
    ),
    (
        "a OR AND b",
        2,
        "a search term is missing after 'OR'; in quotes 'OR' is a word",
    ),
    (
        "(a AND)",
        3,
        "a search term is missing after 'AND'; in quotes 'AND' is a word",
    ),
    (
        "NOT",
        0,
        "a search term is missing after 'NOT'; in quotes 'NOT' is a word",
    ),
    (
        "a NOT",
        2,
        "a search term is missing after 'NOT'; in quotes 'NOT' is a word",
    ),
    (
        "NOT OR a",
        0,
        "a search term is missing after 'NOT'; in quotes 'NOT' is a word",
    ),
    (
        "-",
        0,
        "a search term is missing directly after '-'; put the text in quotes if '-' is part of it",
    ),
    (
        "a - b",
        2,
        "a search term is missing directly after '-'; put the text in quotes if '-' is part of it",
    ),
    (
        "--help",
        0,
        "a search term is missing directly after '-'; put the text in quotes if '-' is part of it",
    ),
    (
        "+-a",
        0,
        "a search term is missing directly after '+'; put the text in quotes if '+' is part of it",
    ),
    (
        "(a +)",
        3,
        "a search term is missing directly after '+'; put the text in quotes if '+' is part of it",
    ),
    (
        "-NOT a",
        0,
        "a search term is missing directly after '-'; put the text in quotes if '-' is part of it",
    ),
    // Prefixes.
    ("*abc", 0, PREFIX_ONLY),
    ("a*b", 1, PREFIX_ONLY),
    ("a**", 1, PREFIX_ONLY),
    ("**", 0, PREFIX_ONLY),
    ("é title:a*b", 9, PREFIX_ONLY),
    ("\"advan* search\"", 6, PREFIX_ONLY),
    ("\"a*\"\"b\"", 2, PREFIX_ONLY),
    ("\"a*\"*", 2, PREFIX_ONLY),
    ("\"a *\"", 3, PREFIX_ONLY),
    ("\"*\"", 1, PREFIX_ONLY),
    ("\"\"*", 2, PREFIX_ONLY),
    (
        "title: con* tit",
        10,
        "only the last of several words can be a prefix; use parentheses: title:(cont* OR tit*)",
    ),
    (
        "a<>b*",
        3,
        "a prefix is allowed only after ':' or '='; '<>' takes a whole value",
    ),
    (
        "a>\"b*\"",
        2,
        "a prefix is allowed only after ':' or '='; '>' takes a whole value",
    ),
    (
        "a<>*",
        3,
        "'*' is allowed only after ':' or '='; NOT a:* finds items without a value",
    ),
    // Values.
    ("title:", 6, "the value of 'title' is missing"),
    ("title: ", 6, "the value of 'title' is missing"),
    ("(title:)", 7, "the value of 'title' is missing"),
    ("title: AND b", 6, "the value of 'title' is missing"),
    ("title: NOT b", 6, "the value of 'title' is missing"),
    ("title: -b", 6, "the value of 'title' is missing"),
    ("title: author:b", 6, "the value of 'title' is missing"),
    ("price>=", 7, "the value of 'price' is missing"),
    (
        "a==b",
        2,
        "a value takes one operator; found '=' and '='; put the text in quotes if '=' is part of it",
    ),
    (
        "std::vec",
        4,
        "a value takes one operator; found ':' and ':'; put the text in quotes if ':' is part of it",
    ),
    (
        "size: >5",
        6,
        "a value takes one operator; found ':' and '>'; put the text in quotes if '>' is part of it",
    ),
    (
        ":a",
        0,
        "a property name is missing before ':'; put the text in quotes if ':' is part of it",
    ),
    (
        "author :a",
        7,
        "a property name is missing before ':'; put the text in quotes if ':' is part of it",
    ),
    (
        "<b>",
        0,
        "a property name is missing before '<'; put the text in quotes if '<' is part of it",
    ),
    (
        "a my-prop:b",
        2,
        "'my-prop' is not a property name (letters, digits and '_'); put the text in quotes if ':' is part of it",
    ),
    (
        "x.y:b",
        0,
        "'x.y' is not a property name (letters, digits and '_'); put the text in quotes if ':' is part of it",
    ),
    (
        "12:x",
        0,
        "'12' is not a property name (letters, digits and '_'); put the text in quotes if ':' is part of it",
    ),
    (
        "1<2",
        0,
        "'1' is not a property name (letters, digits and '_'); put the text in quotes if '<' is part of it",
    ),
    (
        "a!=b",
        0,
        "'a!' is not a property name (letters, digits and '_'); put the text in quotes if '=' is part of it",
    ),
    (
        "title: a b.c:d",
        9,
        "'b.c' is not a property name (letters, digits and '_'); put the text in quotes if ':' is part of it",
    ),
    // Ranges.
    (
        "p:5..",
        5,
        "the end of the range is missing; for an open range use p>=",
    ),
    (
        "p:..5",
        2,
        "the start of the range is missing; for an open range use p<=",
    ),
    (
        "p:..",
        2,
        "the start of the range is missing; for an open range use p<=",
    ),
    (
        "p:\"5\"..",
        7,
        "the end of the range is missing; for an open range use p>=",
    ),
    (
        "p:1.. 5",
        5,
        "the end of the range is missing; for an open range use p>=",
    ),
    (
        "p:1 .. 5",
        4,
        "'..' joins the two ends of a range without spaces: price:1..5",
    ),
    (
        "p:1 ..5",
        4,
        "'..' joins the two ends of a range without spaces: price:1..5",
    ),
    (
        "p:1..2..3",
        6,
        "a range has two ends; put an end in quotes if '..' is part of it",
    ),
    ("p:1..3*", 5, "an end of a range cannot be a prefix"),
    ("p:\"a*\"..b", 2, "an end of a range cannot be a prefix"),
    ("p:*..3", 2, PREFIX_ONLY),
    (
        "p>1..3",
        3,
        "a range is allowed only after ':' or '=', not after '>'; put the value in quotes if '..' is part of it",
    ),
    (
        "p<>\"a\"..b",
        6,
        "a range is allowed only after ':' or '=', not after '<>'; put the value in quotes if '..' is part of it",
    ),
    // Parentheses of a property.
    (
        "p<>(a OR b)",
        3,
        "'<>' takes a single value; parentheses are allowed only after ':' or '=', as in NOT p:(…)",
    ),
    (
        "title:(a author:b)",
        9,
        "a restriction is not allowed in the parentheses of 'title'",
    ),
    (
        "title:(OR a)",
        7,
        "a search term is missing before 'OR'; in quotes 'OR' is a word",
    ),
    // Operators of KQL that are not supported.
    (
        "a NEAR b",
        2,
        "'NEAR' is not supported; use AND, or quotes around a phrase; in quotes 'NEAR' is a word",
    ),
    (
        "a NEAR(n=4) b",
        2,
        "'NEAR' is not supported; use AND, or quotes around a phrase; in quotes 'NEAR' is a word",
    ),
    (
        "NEAR(n=4)",
        0,
        "'NEAR' is not supported; use AND, or quotes around a phrase; in quotes 'NEAR' is a word",
    ),
    (
        "\"a\" ONEAR \"b\"",
        4,
        "'ONEAR' is not supported; use quotes around a phrase; in quotes 'ONEAR' is a word",
    ),
    (
        "title: a NEAR b",
        9,
        "'NEAR' is not supported; use AND, or quotes around a phrase; in quotes 'NEAR' is a word",
    ),
    (
        "title:(a NEAR b)",
        9,
        "'NEAR' is not supported; use AND, or quotes around a phrase; in quotes 'NEAR' is a word",
    ),
    (
        "a OR b XRANK(cb=1) c",
        7,
        "'XRANK' is not supported; leave it and its operand out, a query has no influence on the rank; in quotes 'XRANK' is a word",
    ),
    (
        "WORDS(a, b)",
        0,
        "'WORDS' is not supported; use OR between the words; in quotes 'WORDS' is a word",
    ),
    (
        "a AND ANY (a b)",
        6,
        "'ANY' is not supported; use OR between the words; in quotes 'ANY' is a word",
    ),
    (
        "-ALL(a b)",
        1,
        "'ALL' is not supported; use AND between the words; in quotes 'ALL' is a word",
    ),
    (
        "title: a NONE(b)",
        9,
        "'NONE' is not supported; use NOT before each word; in quotes 'NONE' is a word",
    ),
    // Control characters.
    ("a\0b", 1, "the control character U+0000 is not allowed"),
    (
        "é\"\u{7f}\"",
        2,
        "the control character U+007F is not allowed",
    ),
];

#[test]
fn refuses_with_position_and_rule() {
    refuses(REFUSED);
}

#[test]
fn takes_unsupported_operators_as_words_where_they_are_no_operators() {
    for (query, expected) in [
        ("NEAR", "NEAR"),
        ("near b", "(near & b)"),
        ("a near b", "(a & near & b)"),
        ("NEAR b", "(NEAR & b)"),
        ("a AND XRANK", "(a & XRANK)"),
        ("ALL words", "(ALL & words)"),
        ("a ANY b", "(a & ANY & b)"),
        ("words(a)", "(words & a)"),
    ] {
        let read = read(query).map(|node| shape(&node));
        assert_eq!(read, Ok(expected.to_owned()), "{query:?}");
    }
}

#[test]
fn gives_positions_in_characters() {
    let query = "é \"ü\" tïtle:  wörd p:1..\"5\" g:(a OR b)";
    let node = read(query).expect("a query");
    let positions: Vec<_> = terms(&node)
        .into_iter()
        .map(|(property, text)| (property, text.position, text.text.as_str()))
        .collect();
    let expected = [
        (None, 0, "é"),
        (None, 2, "ü"),
        (Some(6), 14, "wörd"),
        (Some(19), 21, "1"),
        (Some(19), 24, "5"),
        (Some(28), 31, "a"),
        (Some(28), 36, "b"),
    ];
    assert_eq!(positions, expected);
}

/// All texts of a tree, with the positions of their properties.
fn terms(node: &Node) -> Vec<(Option<usize>, &Text)> {
    match node {
        Node::All => vec![],
        Node::Term(text) => vec![(None, text)],
        Node::Restriction(restriction) => {
            let property = Some(restriction.position);
            match &restriction.condition {
                Condition::Exists => vec![],
                Condition::Compare(_, text) => vec![(property, text)],
                Condition::Range { from, to } => vec![(property, from), (property, to)],
            }
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().flat_map(terms).collect(),
        Node::Not(inner) => terms(inner),
    }
}

#[test]
fn bounds_the_length_in_characters() {
    let rule = "a query is limited to 4096 characters";
    assert!(read(&"é".repeat(MAX_CHARS)).is_ok());
    refuses(&[
        (&"é".repeat(MAX_CHARS + 1), MAX_CHARS, rule),
        (&" ".repeat(MAX_CHARS + 1), MAX_CHARS, rule),
    ]);
}

#[test]
fn bounds_the_nesting() {
    let rule = "parentheses and NOT are limited to 50 levels";
    let nested = |levels| format!("{}a{}", "(".repeat(levels), ")".repeat(levels));
    let negated = |levels| format!("{}a", "NOT ".repeat(levels));
    assert!(read(&nested(MAX_NESTING)).is_ok());
    assert!(read(&negated(MAX_NESTING)).is_ok());
    assert!(read(&format!("{0} {0}", nested(MAX_NESTING))).is_ok());
    refuses(&[
        (&nested(MAX_NESTING + 1), MAX_NESTING, rule),
        (&negated(MAX_NESTING + 1), 4 * MAX_NESTING, rule),
        (&format!("NOT p:{}", nested(MAX_NESTING)), 55, rule),
        (&format!("-{}", nested(MAX_NESTING + 1)), 51, rule),
    ]);
}

/// Reads, writes and drops the highest trees on a quarter of the stack of a usual thread. Optimised code needs 128 KiB.
#[test]
fn needs_little_stack() {
    let queries = [
        format!("a{}", " (b OR -(a AND c".repeat(25)) + &"))".repeat(25),
        "NOT ".repeat(50) + "a",
        format!(
            "p:{}a{}",
            "(b OR c -".to_owned() + &"(".repeat(48),
            ")".repeat(49)
        ),
    ];
    let read_all = move || {
        for query in &queries {
            let node = read(query).expect("a query");
            assert!(!node.clone().to_string().is_empty());
        }
        for query in ["(", "NOT ", "a:(", "-(", "a OR (b AND NOT "] {
            assert!(read(&query.repeat(200)).is_err());
        }
    };
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    let thread = thread.spawn(read_all).expect("a thread");
    assert!(thread.join().is_ok());
}

#[test]
fn bounds_the_number_of_nodes() {
    let rule = "a query is limited to 500 words, phrases, restrictions and operators between them";
    let words = |count: usize| vec!["a"; count].join(" ");
    // One node is the conjunction.
    assert!(read(&words(MAX_NODES - 1)).is_ok());
    refuses(&[
        (&words(MAX_NODES), 2 * (MAX_NODES - 1), rule),
        // Two a time: the word and what negates it. The conjunction is the third.
        (&"-a ".repeat(250), 3 * 249 + 1, rule),
        (&"a OR ".repeat(600), 5 * 499, rule),
        // Three each, and the conjunction.
        (&"(a OR a) ".repeat(300), 9 * 166 + 3, rule),
    ]);
}

/// These take seconds, or the stack, of a parser that recurses or tries again without bound.
#[test]
fn refuses_hostile_text_quickly() {
    let start = Instant::now();
    for part in [
        "(", "NOT ", "-", "+", "NOT(", "-(", "a:(", "\"", "a\"", "“", "*", "a:", "a: ", "a..",
        "a OR ", "a ", "a:b ", "(a) ", "a: b ", "WORDS(", "ALL ", " ", "\n", "\0", "a:1..2 ", ")",
        "a AND (", "_",
    ] {
        for length in [10_000, 1 << 20] {
            let query = part.repeat(length / part.chars().count() + 1);
            assert!(read(&query).is_err(), "{part:?}");
        }
        // Within the limit of length.
        let query = part.repeat(MAX_CHARS / part.chars().count());
        if let Err((position, rule)) = read(&query) {
            assert!(
                position <= query.chars().count() && rule.len() < 200,
                "{part:?}: {rule}"
            );
        }
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// Whatever is cut off, replaced or put in: a tree, or an error with a position in the text or at its end.
#[test]
fn answers_every_damaged_query() {
    for (query, _) in ACCEPTED {
        let characters: Vec<char> = query.chars().collect();
        for at in 0..=characters.len() {
            for damage in [
                "",
                "\"",
                "”",
                "(",
                ")",
                ":",
                "..",
                "*",
                "-",
                " ",
                "\0",
                "\u{10ffff}",
                " NOT ",
            ] {
                let head: String = characters[..at].iter().collect();
                let rest: String = characters[at..].iter().collect();
                let after: String = characters[at..].iter().skip(1).collect();
                for damaged in [
                    head.clone() + damage,
                    head.clone() + damage + &rest,
                    head.clone() + damage + &after,
                ] {
                    check(&damaged);
                }
            }
        }
    }
}

/// Either the canonical text of a query is read as the same tree, or the query is refused at a position in it.
fn check(query: &str) {
    match read(query) {
        Ok(node) => assert_reads_again(&node),
        Err((position, rule)) => {
            assert!(position <= query.chars().count(), "{query:?}");
            assert!(!rule.contains(char::is_control), "{query:?}");
        }
    }
}

fn assert_reads_again(node: &Node) {
    let written = node.to_string();
    let again = read(&written).unwrap_or_else(|error| panic!("{written:?}: {error:?}"));
    assert_eq!(
        without_positions(again.clone()),
        without_positions(node.clone()),
        "{written:?}"
    );
    assert_eq!(again.to_string(), written);
}

fn without_positions(node: Node) -> Node {
    let text = |text: Text| Text {
        position: 0,
        ..text
    };
    let all = |nodes: Vec<Node>| nodes.into_iter().map(without_positions).collect();
    match node {
        Node::All => Node::All,
        Node::Term(term) => Node::Term(text(term)),
        Node::Restriction(restriction) => Node::Restriction(Restriction {
            condition: match restriction.condition {
                Condition::Exists => Condition::Exists,
                Condition::Compare(operator, value) => Condition::Compare(operator, text(value)),
                Condition::Range { from, to } => Condition::Range {
                    from: text(from),
                    to: text(to),
                },
            },
            position: 0,
            ..restriction
        }),
        Node::And(nodes) => Node::And(all(nodes)),
        Node::Or(nodes) => Node::Or(all(nodes)),
        Node::Not(inner) => Node::Not(Box::new(without_positions(*inner))),
    }
}

/// xorshift64*, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).expect("31 bits") % bound
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t>(&mut self, list: &[&'t str]) -> &'t str {
        list[self.below(list.len())]
    }

    fn text(&mut self) -> Text {
        let is_quoted = self.one_in(3);
        let text = if is_quoted {
            self.pick(&[
                "vpn",
                "a b",
                "\"",
                "say \"hi\"",
                "“x”",
                "AND",
                "NOT a",
                "(",
                "a:b",
                "1..5",
                "-a",
                " a",
                "x\ny",
                "\\",
            ])
        } else {
            self.pick(&[
                "vpn",
                "CTS-12",
                "größe",
                "and",
                "NEAR",
                "ALL",
                "12:30",
                "https://x.y/z?a=b",
                "a.b",
                "...",
                "C++",
                "don't",
                "日本語",
                "\\",
            ])
        };
        Text {
            text: text.into(),
            is_quoted,
            is_prefix: self.one_in(4),
            position: 0,
        }
    }

    /// The end of a range.
    fn end(&mut self) -> Text {
        let mut text = self.text();
        text.is_prefix = false;
        if !text.is_quoted {
            text.text = self
                .pick(&["1", "-5", "1.5", "2026-01-01T09:30:00+02:00"])
                .into();
        }
        text
    }

    fn condition(&mut self) -> Condition {
        use Operator::{Contains, Equals, Greater, GreaterOrEqual, Less, LessOrEqual, NotEquals};
        if self.one_in(6) {
            return Condition::Exists;
        }
        if self.one_in(5) {
            return Condition::Range {
                from: self.end(),
                to: self.end(),
            };
        }
        let operators = [
            Contains,
            Equals,
            NotEquals,
            Less,
            LessOrEqual,
            Greater,
            GreaterOrEqual,
        ];
        let operator = operators[self.below(operators.len())];
        let mut text = self.text();
        text.is_prefix &= operator.is_match();
        if operator == Contains && !text.is_quoted && self.one_in(2) {
            for word in 0..self.below(3) {
                let next = self.pick(&["Title", "https://x", "12:30", "a..b", "x-y"]);
                text.text = format!("{} {next}{word}", text.text);
            }
        } else if !text.is_quoted && self.one_in(3) {
            text.text = self
                .pick(&[
                    "-3",
                    "+3",
                    "AND",
                    "a=b",
                    "https://x",
                    "2026-01-31T09:30:00Z",
                ])
                .into();
        }
        Condition::Compare(operator, text)
    }

    fn node(&mut self, depth: usize) -> Node {
        match self.below(if depth == 0 { 5 } else { 8 }) {
            0 => Node::All,
            1 | 2 => Node::Term(self.text()),
            3 | 4 => Node::Restriction(Restriction {
                property: self
                    .pick(&["title", "Title", "label_title", "größe", "3d"])
                    .into(),
                condition: self.condition(),
                position: 0,
            }),
            5 => Node::Not(Box::new(self.node(depth - 1))),
            kind => {
                let mut nodes = Vec::new();
                while nodes.len() < 2 || self.one_in(3) {
                    let node = self.node(depth - 1);
                    let is_same = if kind == 6 {
                        matches!(node, Node::And(_))
                    } else {
                        matches!(node, Node::Or(_))
                    };
                    if !is_same {
                        nodes.push(node);
                    }
                }
                if kind == 6 {
                    Node::And(nodes)
                } else {
                    Node::Or(nodes)
                }
            }
        }
    }
}

#[test]
fn writes_every_tree_so_that_it_is_read_again() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..10_000 {
        assert_reads_again(&random.node(4));
    }
}

#[test]
fn answers_random_text() {
    const PARTS: &[&str] = &[
        "a", "title", "12", "-3", "1.5", "AND", "OR", "NOT", "NEAR", "ALL", " ", " ", " ", " ",
        "  ", "(", ")", "\"", "\"", "“", "”", ":", "=", "<>", ">=", "<", "..", ".", "*", "+", "-",
        "//", "http:", "\n", "é", "title:", "title: ", "\"a b\"", "a AND ", " OR ", "title:(", ")",
    ];
    let mut random = Random(0xd1b5_4a32_d192_ed03);
    let mut accepted = 0;
    for _ in 0..20_000 {
        let parts = 1 + random.below(12);
        let query: String = (0..parts).map(|_| random.pick(PARTS)).collect();
        accepted += usize::from(read(&query).is_ok());
        check(&query);
    }
    // Otherwise the generator has lost its use.
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn writes_canonical_text() {
    for (query, expected) in [
        ("a b OR c", "a AND (b OR c)"),
        ("title: Contoso  Tit* -x", "title: Contoso Tit* AND NOT x"),
        ("-(a b)", "NOT (a AND b)"),
        ("p=1..5 “a ” b*", "p:1..5 AND \"a \" AND b*"),
        ("ftp: //x", "ftp: //x"),
        ("t:(a OR \"b \"\"c\"\"*\")", "t:a OR t:\"b \"\"c\"\"*\""),
        ("p>=5 p:*", "p>=5 AND p:*"),
    ] {
        let node = read(query).expect("a query");
        assert_eq!(node.to_string(), expected);
    }
}

#[test]
fn prints_rule_and_position() {
    let error = parse("(a").expect_err("no ')'");
    assert_eq!(
        error.to_string(),
        "a ')' is missing for the '(' at position 0 (position 2)"
    );
}
