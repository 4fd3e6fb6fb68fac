//! Writes lines that fit the terminal, with colours and a pager where possible.

use std::io::{self, Write};

use servanda::format::escape_invisible;
use textwrap::core::Word;

use crate::progress::ProgressBar;
use crate::text::{width, wrap};
use crate::{Environment, pager};

/// The style of a text, named after its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// A heading, or the name of an item.
    Strong,
    /// A detail.
    Faint,
    /// A commitment that was kept, or something added.
    Good,
    /// In progress, or changed.
    Active,
    /// Late, uncertain, conflicting or removed.
    Caution,
    /// A broken commitment.
    Bad,
    /// An error.
    Error,
}

impl Style {
    /// Returns the parameters of the escape sequence (ECMA-48, SGR).
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

/// Returns the text with a style if `colours` is true, or else without.
pub(crate) fn styled(colours: bool, style: Option<Style>, text: &str) -> String {
    match style.filter(|_| colours && !text.is_empty()) {
        Some(style) => format!("\x1b[{}m{text}\x1b[0m", style.code()),
        None => text.to_owned(),
    }
}

/// Returns a text that a terminal shows as a link (OSC 8). Parts of one link have the same id, so
/// that a terminal highlights all of them.
fn link(url: &str, text: &str) -> String {
    let id = url.bytes().fold(0_u32, |id, byte| id.wrapping_mul(31).wrapping_add(u32::from(byte)));
    format!("\x1b]8;id={id:x};{url}\x1b\\{text}\x1b]8;;\x1b\\")
}

/// Where a command writes its answer.
pub(crate) struct Output<'a> {
    out: &'a mut dyn Write,
    bar: ProgressBar<'a>,
    env: &'a Environment,
    /// The answer so far, if it may need the pager.
    buffer: Option<Vec<u8>>,
}

impl<'a> Output<'a> {
    pub(crate) fn new(out: &'a mut dyn Write, bar: ProgressBar<'a>, env: &'a Environment) -> Self {
        Self { out, bar, env, buffer: None }
    }

    /// Returns the width of a line in columns.
    pub(crate) fn width(&self) -> usize {
        self.env.terminal.width
    }

    /// Returns the width of a table, which is not limited in a pipe.
    pub(crate) fn table_width(&self) -> usize {
        if self.env.terminal.cuts { self.width() } else { usize::MAX }
    }

    pub(crate) fn progress_bar(&mut self) -> &mut ProgressBar<'a> {
        &mut self.bar
    }

    /// Uses the pager for the rest of the answer if it turns out longer than the screen.
    pub(crate) fn allow_pager(&mut self) {
        if self.env.pager.is_some() && self.env.terminal.height.is_some() {
            self.buffer = Some(Vec::new());
        }
    }

    /// Returns the writer for text that is already formatted.
    pub(crate) fn writer(&mut self) -> &mut dyn Write {
        self.bar.clear();
        match &mut self.buffer {
            Some(buffer) => buffer,
            None => self.out,
        }
    }

    /// Shows what is buffered. Returns the progress bar, which gives access to stderr.
    pub(crate) fn finish(mut self) -> (ProgressBar<'a>, io::Result<()>) {
        let written = self.show_buffer();
        (self.bar, written)
    }

    fn show_buffer(&mut self) -> io::Result<()> {
        self.bar.clear();
        if let Some(buffer) = self.buffer.take() {
            let paged = match (&self.env.pager, self.env.terminal.height) {
                (Some(pager), Some(height)) if self.screen_lines(&buffer) >= height => pager::show(pager, &buffer)?,
                _ => false,
            };
            if !paged {
                self.out.write_all(&buffer)?;
            }
        }
        self.out.flush()
    }

    /// Returns the number of screen lines that a text takes, including wrapped lines.
    fn screen_lines(&self, text: &[u8]) -> usize {
        let columns = self.width().max(1);
        // Unlike `width`, this ignores colours and links.
        let width = textwrap::core::display_width;
        String::from_utf8_lossy(text).lines().map(|line| width(line).div_ceil(columns).max(1)).sum()
    }

    /// Returns the text with a style, if the terminal shows colours.
    pub(crate) fn styled(&self, style: impl Into<Option<Style>>, text: &str) -> String {
        styled(self.env.terminal.colours, style.into(), text)
    }

    /// Writes a line without wrapping it. Invisible characters are escaped.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.writer(), "{}", escape_invisible(text.trim_end()))
    }

    /// Writes a JSON document on a line, as it is.
    pub(crate) fn json(&mut self, document: &str) -> io::Result<()> {
        writeln!(self.writer(), "{document}")
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        self.line("")
    }

    /// Writes a wrapped and indented paragraph.
    pub(crate) fn paragraph(&mut self, indent: usize, style: impl Into<Option<Style>>, text: &str) -> io::Result<()> {
        self.hanging(&" ".repeat(indent), indent, style, text)
    }

    /// Writes a URL. Where terminals open links, it is a link, and may take several lines that keep
    /// the indentation. Elsewhere it stays on one line, so that a terminal or an editor recognises
    /// it; if it is too wide for the indentation, it starts at the left margin.
    pub(crate) fn url(&mut self, indent: usize, url: &str) -> io::Result<()> {
        let shown = escape_invisible(url).into_owned();
        let room = self.width().saturating_sub(indent);
        if !self.env.terminal.links || shown != url {
            let indent = if width(&shown) > room { 0 } else { indent };
            let shown = self.styled(Style::Faint, &shown);
            return self.line(&format!("{}{shown}", " ".repeat(indent)));
        }
        for part in Word::from(url).break_apart(room.max(1)) {
            let part = self.styled(Style::Faint, &part);
            writeln!(self.writer(), "{}{}", " ".repeat(indent), link(url, &part))?;
        }
        Ok(())
    }

    /// Writes a wrapped paragraph with a hanging indent. The prefix fills the indentation of the
    /// first line.
    pub(crate) fn hanging(
        &mut self,
        prefix: &str,
        indent: usize,
        style: impl Into<Option<Style>>,
        text: &str,
    ) -> io::Result<()> {
        let style = style.into();
        let mut margin = prefix.to_owned();
        for line in wrap(&escape_invisible(text), self.width().saturating_sub(indent)) {
            let line = self.styled(style, &line);
            self.line(&format!("{margin}{line}"))?;
            margin = " ".repeat(indent);
        }
        Ok(())
    }
}
