//! Regular expressions of the document. JSON Schema means ECMA-262 by them, the server matches with `regex`, in linear
//! time: a pattern has to be both, and mean the same to both.

use regex_syntax::ast::{self, Ast, ClassSetItem, Span, Visitor, parse::Parser};

use crate::document::Cursor;

/// The pattern, if it means the same everywhere; otherwise a problem.
pub(super) fn portable(node: &Cursor) -> Option<String> {
    let pattern = node.str()?;
    // `u`: characters are code points, as in `regex`, and escapes without a meaning are errors.
    if let Err(error) = regress::Regex::with_flags(pattern, "u") {
        return node.refuse(format!(
            "is not an ECMA-262 regular expression (flag `u`): {error}"
        ));
    }
    let linear = Parser::new()
        .parse(pattern)
        .map_err(|error| error.kind().to_string())
        .and_then(|ast| {
            regex_syntax::parse(pattern)
                .map(|_| ast)
                .map_err(|error| error.to_string())
        });
    let ast = match linear {
        Ok(ast) => ast,
        Err(error) => {
            return node.refuse(format!(
                "is not read by the server, which matches in linear time: {error}"
            ));
        }
    };
    match ast::visit(&ast, Differences) {
        Ok(()) => Some(pattern.to_owned()),
        Err(Difference(span, why)) => node.refuse(format!(
            "`{}` {why}",
            &pattern[span.start.offset..span.end.offset]
        )),
    }
}

/// Whether a portable pattern is found in a text.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    regress::Regex::with_flags(pattern, "u").is_ok_and(|regex| regex.find(text).is_some())
}

/// A part of a pattern that ECMA-262 and `regex` read differently.
struct Difference(Span, &'static str);

const WRITE_OUT: &str =
    "has ASCII characters in ECMA-262 and Unicode's in the server: write the characters out";
const SET: &str = "is a set operation in the server and plain characters in ECMA-262: escape it";
const UNICODE: &str = "depends on the version of Unicode: write the characters out";

struct Differences;

impl Visitor for Differences {
    type Output = ();
    type Err = Difference;

    fn finish(self) -> Result<(), Difference> {
        Ok(())
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Difference> {
        match ast {
            Ast::Dot(span) => Err(Difference(
                **span,
                "leaves out other line ends in ECMA-262 than in the server: write `[^\\n]` or the characters",
            )),
            Ast::Assertion(assertion) => match assertion.kind {
                ast::AssertionKind::StartLine | ast::AssertionKind::EndLine => Ok(()),
                _ => Err(Difference(assertion.span, WRITE_OUT)),
            },
            Ast::ClassPerl(class) => Err(Difference(class.span, WRITE_OUT)),
            Ast::ClassUnicode(class) => Err(Difference(class.span, UNICODE)),
            _ => Ok(()),
        }
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Difference> {
        match item {
            ClassSetItem::Perl(class) => Err(Difference(class.span, WRITE_OUT)),
            ClassSetItem::Unicode(class) => Err(Difference(class.span, UNICODE)),
            ClassSetItem::Ascii(class) => Err(Difference(class.span, SET)),
            ClassSetItem::Bracketed(class) => Err(Difference(class.span, SET)),
            _ => Ok(()),
        }
    }

    fn visit_class_set_binary_op_pre(
        &mut self,
        operation: &ast::ClassSetBinaryOp,
    ) -> Result<(), Difference> {
        Err(Difference(operation.span, SET))
    }
}
