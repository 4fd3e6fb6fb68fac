//! The CPTPP, successor of the TPP: in force sixty days after the sixth notification.

use servanda::builtin::{self, diet_treaty_approval as diet, trade_agreement as trade};
use servanda::{
    Advance, Commitment, Obligation, Remark, Result, Source,
    facts::{Attest, CommitmentBuilder, Deposit},
};

use super::desk::Desk;
use super::sources::{cptpp_timeline, diet_record, foreign_ministry, page};

pub(crate) const ID: &str = "jp/cptpp";
pub(crate) const IN_THE_DIET: &str = "jp/cptpp-in-the-diet";

/// The resolution of the signatories in the preamble.
const WORDS: &str = "REALISE expeditiously the benefits of the TPP through this Agreement and their strategic and \
                     economic significance";

/// The signatories other than Japan.
const OTHERS: [&str; 10] = ["au", "bn", "ca", "cl", "mx", "my", "nz", "pe", "sg", "vn"];

/// The parties that notified after the sixth, for which it entered into force later.
const LATER: [(&str, &str); 5] = [
    ("2019-01-14", "Viet Nam"),
    ("2021-09-19", "Peru"),
    ("2022-11-29", "Malaysia"),
    ("2023-02-21", "Chile (by one source on 20 February)"),
    ("2023-07-12", "Brunei Darussalam"),
];

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    let agreement = Commitment::builder(ID, "The CPTPP, successor of the Trans-Pacific Partnership")
        .procedure(builtin::trade_agreement())
        .by("jp")
        .made("2018-03-08")
        .obligation(Obligation::Result)
        .words(WORDS, preamble()?)
        .opening(trade::CONCLUDED, "2018-01-23", [cptpp_timeline()?])
        .rule(
            "entry-into-force",
            // All of article 3, with the rule for a party that notifies after the sixth.
            builtin::cptpp(),
        );
    let agreement = OTHERS.iter().fold(agreement, CommitmentBuilder::to).topic("trade");
    desk.register("2018-03-08", agreement)?;
    desk.on("2018-03-08", Advance::builder(ID, trade::SIGNED).noting("In Santiago.").citing(cptpp_timeline()?))?;

    in_the_diet(desk)?;
    notifications(desk)
}

/// The source of the words of the signatories.
fn preamble() -> Result<Source> {
    page("Vietnam Worker Defenders", "CPTPP, preamble (copy of the text)", "https://vietnamworkerdefenders.net/cptpp/")
}

fn in_the_diet(desk: &mut Desk) -> Result<()> {
    let record = diet_record("196th", "11", "1DC88D2")?;
    let treaty = Commitment::builder(IN_THE_DIET, "The CPTPP in the Diet")
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .made("2018-03-08")
        .obligation(Obligation::Result)
        .words(WORDS, preamble()?)
        .part_of(ID)
        .topic("trade")
        .opening(diet::SUBMITTED, "2018-03-27", [record.clone()]);
    desk.register("2018-03-27", OTHERS.iter().fold(treaty, CommitmentBuilder::to))?;
    desk.on("2018-04-17", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2018-05-18", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_REPORTED).citing(record.clone()))?;
    desk.on("2018-05-18", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_PASSED).citing(record.clone()))?;
    desk.on("2018-06-01", Advance::builder(IN_THE_DIET, diet::UPPER_SECOND_REFERRED).citing(record.clone()))?;
    desk.on("2018-06-12", Advance::builder(IN_THE_DIET, diet::UPPER_SECOND_REPORTED).citing(record.clone()))?;
    desk.on("2018-06-13", Advance::builder(IN_THE_DIET, diet::APPROVED_BY_BOTH_HOUSES).citing(record.clone()))?;
    let complete = Attest::builder(IN_THE_DIET)
        .citing(record.clone())
        .noting("The record of the House has every step through both houses.");
    desk.on("2018-06-13", complete)?;
    desk.on("2018-07-06", Advance::builder(IN_THE_DIET, diet::DEPOSITED).citing(japan_notifies()?))?;
    // The notifications of the other parties are recorded for the whole. Here the entry into force
    // is recorded as a step.
    desk.on("2018-12-30", Advance::builder(IN_THE_DIET, diet::IN_FORCE).citing(cptpp_timeline()?))?;

    desk.on("2018-06-13", Advance::builder(ID, trade::APPROVED).citing(record))
}

/// The sixth notification starts the clock, so no entry has to record the entry into force.
fn notifications(desk: &mut Desk) -> Result<()> {
    let notification = |party: &str| Deposit::builder(ID, party).instrument("notification");
    let timeline = cptpp_timeline()?;
    let new_zealand = page(
        "New Zealand Foreign Affairs and Trade",
        "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
        "https://www.mfat.govt.nz/en/about-us/who-we-are/treaties/comprehensive-and-progressive-agreement-for-tpp/",
    )?;
    desk.on("2018-06-28", notification("mx").citing(timeline.clone()))?;
    desk.on("2018-07-06", notification("jp").citing(timeline.clone()).citing(japan_notifies()?))?;
    let notified = Advance::builder(ID, trade::NOTIFIED)
        .noting("By decision of the Cabinet on the same day. The second party to notify, after Mexico.")
        .citing(japan_notifies()?);
    desk.on("2018-07-06", notified)?;
    desk.on("2018-07-19", notification("sg").citing(timeline.clone()))?;
    desk.on("2018-10-25", notification("nz").citing(timeline.clone()))?;
    desk.on("2018-10-29", notification("ca").citing(timeline.clone()))?;
    desk.on("2018-10-31", notification("au").noting("The sixth.").citing(timeline.clone()))?;
    desk.on("2018-11-15", notification("vn").citing(timeline.clone()))?;
    desk.on("2021-07-21", notification("pe").citing(timeline.clone()).citing(new_zealand.clone()))?;
    let malaysia = notification("my").noting("One source gives 1 October 2022.");
    desk.on("2022-09-30", malaysia.citing(timeline.clone()).citing(new_zealand))?;
    desk.on("2022-12-23", notification("cl").citing(timeline.clone()))?;
    desk.on("2023-05-13", notification("bn").citing(timeline))?;

    for (day, party) in LATER {
        desk.on(day, Remark::builder(ID, format!("It enters into force for {party}")).citing(cptpp_timeline()?))?;
    }
    Ok(())
}

fn japan_notifies() -> Result<Source> {
    foreign_ministry(
        "Notification of the completion of domestic procedures (CPTPP)",
        "mofaj/press/release/press4_006218.html",
    )
}
