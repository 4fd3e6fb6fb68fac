//! Views: a ledger as of a day, as known at a moment and as published by a
/// day.
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use servanda::{
    Day, Filter, Procedure, Slug, Summary,
    answers::{LogFilter, Span},
    format::quote,
    value::Language,
};
use servanda_charts::{English, Tally, Timeline};

use crate::convert::{Arg, entries, json, jsons};
use crate::draft::{Draft, batch};
use crate::error::{Failure, Result};
use crate::progress::with_progress;
use crate::time::{KnownAt, Since};

/// The entries that a tracker held when the view was taken, as of a day and as known at a moment.
#[pyclass(frozen, module = "servanda._servanda")]
pub(crate) struct View {
    pub(crate) view: servanda::View,
}

/// The kind, the code, the text and the details of an error.
type Refusal = (&'static str, &'static str, String, String);

/// A filter of commitments, which arrives from Python as keyword arguments.
pub(crate) struct FilterArg(pub(crate) Filter);

impl<'py> FromPyObject<'_, 'py> for FilterArg {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let mut filter = Filter::default();
        for (name, value) in given.cast::<PyDict>()?.iter() {
            let (name, value) = (name.extract::<String>()?, value.extract::<Option<String>>()?);
            let Some(value) = value else { continue };
            let taken = match name.as_str() {
                "party" => value.parse().map(|party| filter.party = Some(party)),
                "procedure" => value.parse().map(|procedure| filter.procedure = Some(procedure)),
                "phase" => value.parse().map(|phase| filter.phase = Some(phase)),
                "verdict" => value.parse().map(|verdict| filter.verdict = Some(verdict)),
                "timeliness" => value.parse().map(|timeliness| filter.timeliness = Some(timeliness)),
                "obligation" => value.parse().map(|obligation| filter.obligation = Some(obligation)),
                "topic" => value.parse().map(|topic| filter.topic = Some(topic)),
                "body" => value.parse().map(|body| filter.body = Some(body)),
                "part_of" => value.parse().map(|whole| filter.part_of = Some(whole)),
                _ => return Err(PyTypeError::new_err(format!("there is no filter {}", quote(&name)))),
            };
            taken.map_err(Failure::from)?;
        }
        Ok(Self(filter))
    }
}

/// One text, or several.
struct Texts(Vec<String>);

impl<'py> FromPyObject<'_, 'py> for Texts {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if given.is_instance_of::<PyString>() {
            return Ok(Self(vec![given.extract()?]));
        }
        Ok(Self(given.try_iter()?.map(|one| one?.extract()).collect::<PyResult<_>>()?))
    }
}

/// A filter of entries, which arrives from Python as keyword arguments.
pub(crate) struct LogFilterArg(pub(crate) LogFilter);

impl<'py> FromPyObject<'_, 'py> for LogFilterArg {
    type Error = PyErr;

    fn extract(given: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let slugs = |value: &Bound<'py, PyAny>| -> PyResult<Vec<Slug>> {
            let Texts(texts) = value.extract()?;
            Ok(texts.iter().map(|text| text.parse()).collect::<Result<_, _>>().map_err(Failure::from)?)
        };
        let mut filter = LogFilter::default();
        for (name, value) in given.cast::<PyDict>()?.iter() {
            let name = name.extract::<String>()?;
            match name.as_str() {
                _ if value.is_none() => {}
                "commitment" => filter.commitment = slugs(&value)?,
                "kind" => filter.kind = value.extract::<Texts>()?.0,
                "limit" => filter.limit = Some(value.extract()?),
                "recorded_by" => filter.recorded_by = slugs(&value)?,
                "since" => filter.since = Some(value.extract::<Since>()?.0),
                "until" => filter.until = Some(value.extract::<KnownAt>()?.0),
                _ => return Err(PyTypeError::new_err(format!("there is no filter {}", quote(&name)))),
            }
        }
        Ok(Self(filter))
    }
}

#[pymethods]
impl View {
    fn day(&self) -> String {
        self.view.day().to_string()
    }

    fn moment(&self) -> Option<String> {
        self.view.as_of().known_at.map(|moment| moment.to_string())
    }

    fn published(&self) -> Option<String> {
        self.view.as_of().as_published.map(|day| day.to_string())
    }

    #[pyo3(signature = (on, known_at, as_published, /))]
    pub(crate) fn as_of(
        &self,
        on: Option<Arg<Day>>,
        known_at: Option<KnownAt>,
        as_published: Option<Arg<Day>>,
    ) -> Result<Self> {
        let mut view = self.view.clone();
        if let Some(Arg(day)) = on {
            view = view.on(day)?;
        }
        if let Some(KnownAt(moment)) = known_at {
            view = view.known_at(moment)?;
        }
        if let Some(Arg(day)) = as_published {
            view = view.as_published(day)?;
        }
        Ok(Self { view })
    }

    #[pyo3(signature = (languages, /))]
    fn in_languages(&self, languages: Vec<String>) -> Result<Self> {
        let languages = languages.iter().map(|language| Ok(language.parse()?)).collect::<Result<Vec<Language>>>()?;
        Ok(Self { view: self.view.clone().in_languages(languages) })
    }

    #[pyo3(signature = (lines, /))]
    fn with_entries(&self, py: Python<'_>, lines: Vec<String>) -> Result<Self> {
        Ok(Self { view: self.view.clone().with(entries(py, &lines)?) })
    }

    #[pyo3(signature = (commitment, /))]
    fn standing(&self, py: Python<'_>, commitment: &str) -> Result<String> {
        Ok(py.detach(|| self.view.standing(commitment).map(|standing| json(&standing)))?)
    }

    #[pyo3(signature = (commitment, /))]
    fn standing_with_links(&self, py: Python<'_>, commitment: &str) -> Result<String> {
        Ok(py.detach(|| self.view.standing_with_links(commitment).map(|standing| json(&standing)))?)
    }

    /// Returns the timeline of a commitment as SVG and as text.
    #[pyo3(signature = (commitment, width, columns, /))]
    fn timeline(&self, py: Python<'_>, commitment: &str, width: u32, columns: usize) -> Result<(String, String)> {
        Ok(py.detach(|| {
            let (standing, procedures) = (self.view.standing(commitment)?, self.view.procedures()?);
            let timeline = Timeline::new(&standing).procedure_among(procedures.iter().map(AsRef::as_ref)).width(width);
            Ok::<_, servanda::Error>((timeline.svg(&English), timeline.text(&English, columns)))
        })?)
    }

    /// Returns the tally of the verdicts as SVG and as text.
    #[pyo3(signature = (only, width, columns, /))]
    fn tally(&self, py: Python<'_>, only: FilterArg, width: u32, columns: usize) -> Result<(String, String)> {
        Ok(py.detach(|| {
            let tally = Tally::of(&self.view.summaries(&only.0)?).width(width);
            Ok::<_, servanda::Error>((tally.svg(&English), tally.text(&English, columns)))
        })?)
    }

    #[pyo3(signature = (name, /))]
    fn resolve(&self, py: Python<'_>, name: &str) -> Result<String> {
        Ok(py.detach(|| self.view.resolve(name).map(|id| id.to_string()))?)
    }

    #[pyo3(signature = (only, progress, /))]
    fn standings(&self, py: Python<'_>, only: FilterArg, progress: Option<Py<PyAny>>) -> Result<Vec<String>> {
        with_progress(py, progress.as_ref(), |report| {
            self.view.standings_with(&only.0, report).map(|answer| jsons(&answer))
        })
    }

    #[pyo3(signature = (only, progress, /))]
    fn summaries(&self, py: Python<'_>, only: FilterArg, progress: Option<Py<PyAny>>) -> Result<Vec<String>> {
        with_progress(py, progress.as_ref(), |report| {
            self.view.summaries_with(&only.0, report).map(|answer| jsons(&answer))
        })
    }

    /// The ids of all commitments.
    fn commitments(&self, py: Python<'_>) -> Result<Vec<String>> {
        let ids = |summaries: Vec<Summary>| summaries.iter().map(|summary| summary.commitment.to_string()).collect();
        Ok(py.detach(|| self.view.summaries(&Filter::default()).map(ids))?)
    }

    #[pyo3(signature = (first, last, only, /))]
    fn agenda(&self, py: Python<'_>, first: Arg<Day>, last: Arg<Day>, only: FilterArg) -> Result<String> {
        let span = Span { first: first.0, last: last.0 };
        Ok(py.detach(|| self.view.agenda(span, &only.0).map(|agenda| json(&agenda)))?)
    }

    #[pyo3(signature = (before, only, /))]
    fn changes_since(&self, py: Python<'_>, before: Py<View>, only: FilterArg) -> Result<String> {
        let before = before.get();
        Ok(py.detach(|| self.view.changes_since(&before.view, &only.0).map(|changes| json(&changes)))?)
    }

    #[pyo3(signature = (commitment, only, /))]
    fn parts(&self, py: Python<'_>, commitment: &str, only: FilterArg) -> Result<String> {
        Ok(py.detach(|| self.view.parts(commitment, &only.0).map(|parts| json(&parts)))?)
    }

    #[pyo3(signature = (only, /))]
    fn bodies(&self, py: Python<'_>, only: FilterArg) -> Result<String> {
        Ok(py.detach(|| self.view.bodies(&only.0).map(|bodies| json(&bodies)))?)
    }

    #[pyo3(signature = (days, only, /))]
    fn stale(&self, py: Python<'_>, days: u32, only: FilterArg) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.stale(days, &only.0).map(|stale| jsons(&stale)))?)
    }

    #[pyo3(signature = (commitment, to, /))]
    fn outlook(&self, py: Python<'_>, commitment: &str, to: Option<&str>) -> Result<String> {
        let outlook = py.detach(|| match to {
            Some(to) => self.view.outlook_of(commitment, to),
            None => self.view.outlook(commitment),
        });
        Ok(json(&outlook?))
    }

    #[pyo3(signature = (commitment, to, /))]
    fn why_not(&self, py: Python<'_>, commitment: &str, to: &str) -> Result<Option<Refusal>> {
        let refused = py.detach(|| self.view.why_not(commitment, to))?;
        Ok(refused.map(|error| (error.kind().as_str(), error.code(), error.to_string(), error.details())))
    }

    #[pyo3(signature = (drafts, /))]
    fn check(&self, py: Python<'_>, drafts: Vec<Py<Draft>>) -> Result<()> {
        let batch = batch(&drafts);
        Ok(py.detach(|| self.view.check(batch))?)
    }

    #[pyo3(signature = (only, /))]
    fn log(&self, py: Python<'_>, only: LogFilterArg) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.log(&only.0).map(|log| jsons(&log)))?)
    }

    fn conflicts(&self, py: Python<'_>) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.conflicts().map(|conflicts| jsons(&conflicts)))?)
    }

    fn procedures(&self, py: Python<'_>) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.procedures().map(|procedures| jsons(&procedures)))?)
    }

    /// The newest version of a procedure, among those on the ledger and the built-in ones.
    #[pyo3(signature = (id, /))]
    fn procedure(&self, py: Python<'_>, id: &str) -> Result<String> {
        let held = py.detach(|| self.view.procedures())?;
        Ok(json(Procedure::named(id, held.iter().map(|procedure| &**procedure))?))
    }

    fn topics(&self, py: Python<'_>) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.topics().map(|topics| jsons(&topics)))?)
    }

    fn parties(&self, py: Python<'_>) -> Result<Vec<String>> {
        Ok(py.detach(|| self.view.parties().map(|parties| jsons(&parties)))?)
    }
}
