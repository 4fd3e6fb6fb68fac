//! The Trans-Pacific Partnership: considered, joined, signed, approved, and never in force.

use servanda::builtin::{self, diet_treaty_approval as diet, trade_agreement as trade};
use servanda::{
    Advance, Commitment, Obligation, Remark, Result, Source,
    facts::{Attest, Deposit, Link, Relation},
};

use super::desk::Desk;
use super::sources::{
    cptpp_timeline, diet_record, editorial_with, february_summit, foreign_ministry, page, prime_minister,
};

pub(crate) const ID: &str = "jp/tpp";
pub(crate) const IN_THE_DIET: &str = "jp/tpp-in-the-diet";

const SENTENCE: &str = "Japan will consider participation in the Trans-Pacific Partnership";

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    let tpp = Commitment::builder(ID, "Participation in the Trans-Pacific Partnership")
        .procedure(builtin::trade_agreement())
        .by("jp")
        .made("2013-01-18")
        .obligation(Obligation::Consideration)
        .words("will consider", editorial_with(SENTENCE)?)
        .to("us")
        .topic("trade");
    desk.register("2013-01-18", tpp)?;

    joining(desk)?;
    in_the_diet(desk)?;
    signed_and_blocked(desk)?;
    superseded(desk)
}

fn joining(desk: &mut Desk) -> Result<()> {
    let consulting = Advance::builder(ID, trade::CONSULTING)
        .noting("Joint statement: all goods would be subject to negotiation, and no prior commitment was required.")
        .citing(page(
            "Reuters",
            "Joint statement of the United States and Japan on the Trans-Pacific Partnership",
            "http://cn.reuters.com/article/usa-japan-abe-trade-idCNL1N0BMASB20130222",
        )?)
        .citing(february_summit()?);
    desk.on("2013-02-22", consulting)?;

    // Japan had committed to consider participation. With this decision the commitment is kept,
    // whatever happens later.
    let sought = Advance::builder(ID, trade::ENTRY_SOUGHT).citing(prime_minister(
        "Press conference on participation in the negotiations",
        "96_abe/statement/201303/15kaiken_e.html",
    )?);
    desk.on("2013-03-15", sought)?;

    desk.on("2013-04-12", Advance::builder(ID, trade::CONSULTATIONS_COMPLETED).citing(kyodo()?))?;
    let accepted = Advance::builder(ID, trade::ACCEPTED).noting("By consensus of the eleven members.").citing(page(
        "US-NZ Council",
        "TPP members formally agree to let Japan join ongoing negotiations",
        "http://usnzcouncil.org/tpp-members-formally-agree-to-let-japan-join-ongoing-negotiations/",
    )?);
    desk.on("2013-04-20", accepted)?;
    let notified =
        Remark::builder(ID, "The US Trade Representative notifies Congress, which opens a period of ninety days")
            .noting("The day is inferred from the report.")
            .citing(kyodo()?);
    desk.on("2013-04-24", notified)?;
    let negotiating =
        Advance::builder(ID, trade::NEGOTIATING).noting("At the eighteenth round, in Kota Kinabalu.").citing(page(
            "China Daily",
            "Japan joins the TPP negotiations",
            "https://usa.chinadaily.com.cn/world/2013-07/23/content_16820108.htm",
        )?);
    desk.on("2013-07-23", negotiating)?;
    let concluded = Advance::builder(ID, trade::CONCLUDED).noting("In Atlanta.").citing(page(
        "Global Affairs Canada",
        "Trans-Pacific Partnership: rounds of negotiations",
        "http://www.international.gc.ca/trade-agreements-accords-commerciaux/agr-acc/tpp-ptp/rounds-series.aspx?lang=eng",
    )?);
    desk.on("2015-10-05", concluded)?;
    desk.on("2016-02-04", Advance::builder(ID, trade::SIGNED).noting("In Auckland.").citing(gazette()?))
}

/// The approval by the Diet is a part of the commitment, with its own procedure.
fn in_the_diet(desk: &mut Desk) -> Result<()> {
    let record = diet_record("190th", "8", "1DBF776")?;
    let treaty = Commitment::builder(IN_THE_DIET, "The Trans-Pacific Partnership Agreement in the Diet")
        .procedure(builtin::diet_treaty_approval())
        .by("jp")
        .made("2013-01-18")
        .obligation(Obligation::Consideration)
        .words("will consider", editorial_with(SENTENCE)?)
        .to("us")
        .part_of(ID)
        .topic("trade")
        .opening(diet::SUBMITTED, "2016-03-08", [record.clone()]);
    desk.register("2016-03-08", treaty)?;
    let words = Remark::builder(IN_THE_DIET, "The words are those of the whole").noting(
        "The words of 18 January 2013 name the partnership, not its way through the Diet. The piece carries \
         the word given about the whole; its own history opens with its submission.",
    );
    desk.on("2016-03-08", words)?;
    desk.on("2016-03-24", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2016-06-01", Advance::builder(IN_THE_DIET, diet::LOWER_CARRIED_OVER).citing(record))?;
    desk.on(
        "2016-08-03",
        Advance::builder(IN_THE_DIET, diet::LOWER_CARRIED_OVER).citing(diet_record(
            "191st",
            "8 of the 190th",
            "1DBFD86",
        )?),
    )?;

    let record = diet_record("192nd", "8 of the 190th", "1DC09E2")?;
    desk.on("2016-09-26", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_REFERRED).citing(record.clone()))?;
    desk.on("2016-11-04", Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_REPORTED).citing(record.clone()))?;
    let passed = Advance::builder(IN_THE_DIET, diet::LOWER_FIRST_PASSED)
        .noting("By a majority, standing.")
        .citing(record.clone());
    desk.on("2016-11-10", passed)?;
    desk.on("2016-11-11", Advance::builder(IN_THE_DIET, diet::UPPER_SECOND_REFERRED).citing(record.clone()))?;
    desk.on("2016-12-09", Advance::builder(IN_THE_DIET, diet::UPPER_SECOND_REPORTED).citing(record.clone()))?;
    let approved = Advance::builder(IN_THE_DIET, diet::APPROVED_BY_BOTH_HOUSES)
        .noting("By a vote with names, on the thirtieth day counting the day of receipt.")
        .citing(record.clone());
    desk.on("2016-12-09", approved)?;
    let complete = Attest::builder(IN_THE_DIET)
        .citing(record.clone())
        .noting("The record of the House has every step through both houses.");
    desk.on("2016-12-09", complete)?;
    desk.on("2017-01-20", Advance::builder(IN_THE_DIET, diet::DEPOSITED).citing(japan_notifies()?))?;

    // The same day as a step of the whole.
    desk.on("2016-12-09", Advance::builder(ID, trade::APPROVED).citing(record))
}

fn signed_and_blocked(desk: &mut Desk) -> Result<()> {
    desk.on("2017-01-20", Deposit::builder(ID, "jp").instrument("notification").citing(japan_notifies()?))?;
    desk.on(
        "2017-01-20",
        Advance::builder(ID, trade::NOTIFIED)
            .noting("To New Zealand, the depositary, by decision of the Cabinet on the same day.")
            .citing(japan_notifies()?),
    )?;
    let memorandum = Remark::builder(ID, "The President of the United States orders withdrawal from the agreement")
        .noting("The source is a copy of the memorandum. A mirror of an encyclopedia gives 20 January, wrongly.")
        .citing(Source::new(
            "Withdrawal of the United States from the Trans-Pacific Partnership (copy of the text)",
            "http://textilesandtrade.blogspot.com/2017/01/withdrawal-of-united-states-from-trans.html",
        )?);
    desk.on("2017-01-23", memorandum)?;
    let blocked = Advance::builder(ID, trade::BLOCKED)
        .noting(
            "The US Trade Representative writes to the depositary that the United States does not intend \
                 to become a party.",
        )
        .citing(gazette()?)
        .citing(page(
            "RIETI",
            "Column on the Trans-Pacific Partnership",
            "https://www.rieti.go.jp/en/columns/a01_0468.html",
        )?);
    desk.on("2017-01-30", blocked)?;
    let second = Deposit::builder(ID, "nz").instrument("notification").noting("The second party to notify.").citing(page(
        "Library of Congress",
        "New Zealand: Ratification of Trans-Pacific Partnership Agreement Completed",
        "http://loc.gov/law/foreign-news/article/new-zealand-ratification-of-trans-pacific-partnership-agreement-completed/",
    )?);
    desk.on("2017-05-11", second)
}

/// The replacement by a successor needs its own step and a link; entries about the successor do not
/// affect this commitment.
fn superseded(desk: &mut Desk) -> Result<()> {
    desk.on("2018-12-30", Advance::builder(ID, trade::SUPERSEDED).citing(cptpp_timeline()?))?;
    desk.on("2018-12-30", Link::builder(ID, Relation::Successor, super::cptpp::ID).citing(cptpp_timeline()?))?;
    desk.on("2018-12-30", Advance::builder(IN_THE_DIET, diet::SUPERSEDED).citing(cptpp_timeline()?))?;
    desk.on(
        "2018-12-30",
        Link::builder(IN_THE_DIET, Relation::Successor, super::cptpp::IN_THE_DIET).citing(cptpp_timeline()?),
    )
}

fn kyodo() -> Result<Source> {
    page(
        "Kyodo News, in GlobalPost",
        "US government notifies Congress of its intent to include Japan in the TPP talks",
        "http://www.globalpost.com/dispatch/news/kyodo-news-international/130430/us-govt-notifies-congress-intent-include-japan-tpp-tal",
    )
}

fn gazette() -> Result<Source> {
    page(
        "Canada Gazette",
        "SI/TR 101, Part II, 14 November 2018",
        "http://gazette.gc.ca/rp-pr/p2/2018/2018-11-14/html/si-tr101-eng.html",
    )
}

fn japan_notifies() -> Result<Source> {
    foreign_ministry(
        "Notification of the completion of domestic procedures (TPP)",
        "mofaj/press/release/press4_004187.html",
    )
}
