//! Writing lines that fit, in colours if they can be seen.

use std::io::{self, Write};

use crate::progress::ProgressBar;
use crate::text::{width, wrap};
use crate::{Environment, pager};

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A heading, or the name of what a paragraph is about.
    Strong,
    /// What is there for whoever looks for it.
    Faint,
    /// A word kept.
    Good,
    /// Under way.
    Active,
    /// Held up or late, not known for certain, or not fitting.
    Caution,
    /// A word broken.
    Bad,
    /// Something went wrong.
    Error,
}

impl Style {
    /// The parameters of the escape sequence that selects it (ECMA-48, SGR).
    fn code(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Active => "36",
            Self::Caution => "33",
            Self::Bad => "31",
            Self::Error => "1;31",
        }
    }
}

/// The text in a colour, if colours can be seen.
pub(crate) fn styled(colours: bool, style: Option<Style>, text: &str) -> String {
    match style.filter(|_| colours && !text.is_empty()) {
        Some(style) => format!("\x1b[{}m{text}\x1b[0m", style.code()),
        None => text.to_owned(),
    }
}

/// What a command writes its answer on.
pub(crate) struct Output<'a> {
    out: &'a mut dyn Write,
    bar: ProgressBar<'a>,
    env: &'a Environment,
    /// What is held back until it is known whether it fits the screen.
    held: Option<Vec<u8>>,
}

impl<'a> Output<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, bar: ProgressBar<'a>, env: &'a Environment) -> Self {
        Self { out, bar, env, held: None }
    }

    /// How many columns a line may have.
    pub(crate) fn width(&self) -> usize {
        self.env.terminal.width
    }

    /// What whoever waits for the answer is shown.
    pub(crate) fn progress_bar(&mut self) -> &mut ProgressBar<'a> {
        &mut self.bar
    }

    /// From now on the answer is shown with the pager, if it turns out longer than the screen.
    pub(crate) fn page_if_long(&mut self) {
        if self.env.pager.is_some() && self.env.terminal.height.is_some() {
            self.held = Some(Vec::new());
        }
    }

    /// Where a document that is not made of lines goes.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        self.bar.clear();
        match &mut self.held {
            Some(held) => held,
            None => self.out,
        }
    }

    /// Shows what was held back, and gives back what goes wrong is said with.
    pub(crate) fn end(mut self) -> (ProgressBar<'a>, io::Result<()>) {
        let shown = self.show();
        (self.bar, shown)
    }

    fn show(&mut self) -> io::Result<()> {
        self.bar.clear();
        if let Some(held) = self.held.take() {
            let paged = match (&self.env.pager, self.env.terminal.height) {
                (Some(pager), Some(height)) if self.lines_on_screen(&held) >= height => pager::show(pager, &held)?,
                _ => false,
            };
            if !paged {
                self.out.write_all(&held)?;
            }
        }
        self.out.flush()
    }

    /// How many lines of the screen a text takes: an address that is wider than the screen takes several.
    fn lines_on_screen(&self, text: &[u8]) -> usize {
        let columns = self.width().max(1);
        String::from_utf8_lossy(text).lines().map(|line| width(line).div_ceil(columns).max(1)).sum()
    }

    pub(crate) fn styled(&self, style: impl Into<Option<Style>>, text: &str) -> String {
        styled(self.env.terminal.colours, style.into(), text)
    }

    /// A line as it is, however long.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.writer(), "{}", text.trim_end())
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.line("")
    }

    /// Text in as many lines as it takes, indented by so many columns.
    pub(crate) fn paragraph(&mut self, indent: usize, style: impl Into<Option<Style>>, text: &str) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), indent, style, text)
    }

    /// An address, which stays whole, so that it can be followed: where it does not fit in its place, it stands at the left edge.
    pub(crate) fn address(&mut self, indent: usize, address: &str) -> io::Result<()> {
        let indent = if indent + width(address) > self.width() { 0 } else { indent };
        let address = self.styled(Style::Faint, address);
        self.line(&format!("{}{address}", " ".repeat(indent)))
    }

    /// A paragraph with something before its first line, which takes up the indentation.
    pub(crate) fn hanging(
        &mut self,
        before: &str,
        indent: usize,
        style: impl Into<Option<Style>>,
        text: &str,
    ) -> io::Result<()> {
        let style = style.into();
        let mut margin = before.to_owned();
        for line in wrap(text, self.width().saturating_sub(indent)) {
            let line = self.styled(style, line);
            self.line(&format!("{margin}{line}"))?;
            margin = " ".repeat(indent);
        }
        Ok(())
    }
}
