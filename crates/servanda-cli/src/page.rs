//! Writing lines that fit, in colours if they can be seen.

use std::io::{self, Write};

use crate::Terminal;
use crate::text::wrap;

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A heading, or the name of what a paragraph is about.
    Strong,
    /// What is there for whoever looks for it.
    Faint,
    /// A word kept.
    Good,
    /// Under way.
    Moving,
    /// Held up or late, not known for certain, or not fitting.
    Caution,
    /// A word broken.
    Bad,
    /// Something went wrong.
    Error,
}

impl Ink {
    /// The parameters of the escape sequence that selects it (ECMA-48, SGR).
    fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Moving => "36",
            Self::Caution => "33",
            Self::Bad => "31",
            Self::Error => "1;31",
        }
    }
}

/// The text in a colour, if colours can be seen.
pub(crate) fn painted(colours: bool, ink: Option<Ink>, text: &str) -> String {
    match ink.filter(|_| colours && !text.is_empty()) {
        Some(ink) => format!("\x1b[{}m{text}\x1b[0m", ink.code()),
        None => text.to_owned(),
    }
}

/// What a command writes its answer on.
pub(crate) struct Page<'a> {
    out: &'a mut dyn Write,
    colours: bool,
    width: usize,
}

impl<'a> Page<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, terminal: &Terminal) -> Self {
        Self { out, colours: terminal.colours, width: terminal.width }
    }

    /// How many columns a line may have.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Where a document that is not made of lines goes.
    pub(crate) fn out(&mut self) -> &mut dyn Write {
        self.out
    }

    pub(crate) fn paint(&self, ink: impl Into<Option<Ink>>, text: &str) -> String {
        painted(self.colours, ink.into(), text)
    }

    /// A line as it is, however long.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.line("")
    }

    /// Text in as many lines as it takes, indented by so many columns.
    pub(crate) fn paragraph(&mut self, indent: usize, ink: impl Into<Option<Ink>>, text: &str) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), indent, ink, text)
    }

    /// A paragraph with something before its first line, which takes up the indentation.
    pub(crate) fn hanging(
        &mut self,
        before: &str,
        indent: usize,
        ink: impl Into<Option<Ink>>,
        text: &str,
    ) -> io::Result<()> {
        let ink = ink.into();
        let mut margin = before.to_owned();
        for line in wrap(text, self.width.saturating_sub(indent)) {
            let line = self.paint(ink, line);
            self.line(&format!("{margin}{line}"))?;
            margin = " ".repeat(indent);
        }
        Ok(())
    }
}
