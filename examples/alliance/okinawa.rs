//! Base realignment: the whole, and its parts on Okinawa.

use servanda::builtin::{self, base_realignment as bases};
use servanda::{Advance, Commitment, Obligation, Remark, Result, Source, facts::CommitmentBuilder};

use super::desk::Desk;
use super::sources::{
    april_2012, consolidation_plan, editorial_with, february_2012, japan_times, page, roadmap, ryukyu_shimpo,
};

pub(crate) const ID: &str = "us/base-realignment";
pub(crate) const FUTENMA: &str = "us/base-realignment/futenma-replacement";
pub(crate) const DESIGN_CHANGE: &str = "us/base-realignment/futenma-design-change";
pub(crate) const NORTHERN_TRAINING_AREA: &str = "us/base-realignment/northern-training-area";
pub(crate) const CONSOLIDATION: &str = "us/base-realignment/consolidation-plan-returns";

pub(crate) fn record(desk: &mut Desk) -> Result<()> {
    the_whole(desk)?;
    futenma_permit(desk)?;
    futenma_revoked(desk)?;
    futenma_withdrawn(desk)?;
    design_change(desk)?;
    northern_training_area(desk)?;
    consolidation(desk)
}

/// The commitment of 18 January 2013, whose words the whole and its parts share.
pub(crate) fn realignment(id: &str, title: &str) -> Result<CommitmentBuilder> {
    let sentence = "The United States will work toward lessening the impact of its military on host \
                    communities through base realignment.";
    let commitment = Commitment::builder(id, title)
        .procedure(builtin::base_realignment())
        .by("us")
        .made("2013-01-18")
        .obligation(Obligation::Conduct)
        .words("will work toward", editorial_with(sentence)?)
        .by("jp")
        .topic("bases");
    Ok(commitment)
}

fn the_whole(desk: &mut Desk) -> Result<()> {
    let whole = realignment(ID, "Less impact of US forces on host communities, through base realignment")?.opening(
        bases::PLAN_AGREED,
        "2006-05-01",
        [roadmap()?],
    );
    desk.register("2013-01-18", whole)?;
    let pieces = Remark::builder(ID, "Its pieces are commitments of their own").noting(
        "Most of them were not named on 18 January 2013. A piece carries the word given about the whole, \
         unless it has a later one of its own. Where the whole stands is not derived from its pieces.",
    );
    desk.on("2013-01-18", pieces)?;

    let delinked = Advance::builder(ID, bases::PLAN_AGREED).noting("The move to Guam no longer waits for Futenma.");
    desk.on("2012-02-08", delinked.citing(february_2012()?))?;
    let smaller = Advance::builder(ID, bases::PLAN_AGREED)
        .noting("About 9,000 Marines are to leave Okinawa. The day is that of Tokyo.")
        .citing(april_2012()?)
        .citing(page("KUAM News", "Joint statement on the realignment", "http://www.kuam.com/story/17812401/")?);
    desk.on("2012-04-27", smaller)?;
    let consolidation = Advance::builder(ID, bases::PLAN_AGREED).noting("The Okinawa Consolidation Plan.");
    desk.on("2013-04-05", consolidation.citing(consolidation_plan()?))?;
    // Only the month is known, so the step counts from the last day of the month.
    let first_return = Advance::builder(ID, bases::UNDER_WAY)
        .noting("The first land is returned under the plan. The sources at hand have the month only.")
        .citing(second_return()?);
    desk.on("2013-08", first_return)
}

fn futenma_permit(desk: &mut Desk) -> Result<()> {
    let futenma = realignment(FUTENMA, "A replacement for Marine Corps Air Station Futenma, at Henoko")?
        .part_of(ID)
        .opening(bases::PLAN_AGREED, "2006-05-01", [roadmap()?]);
    desk.register("2013-01-18", futenma)?;
    let applied =
        Advance::builder(FUTENMA, bases::PERMIT_APPLIED).noting("By the Okinawa Defense Bureau.").citing(page(
            "Dredging Today",
            "Japan: Ministry submits application for land reclamation",
            "https://www.dredgingtoday.com/2013/03/29/japan-ministry-submits-application-for-land-reclamation/",
        )?);
    desk.on("2013-03-22", applied)?;
    let granted = Advance::builder(FUTENMA, bases::PERMIT_GRANTED).noting("By Governor Nakaima.").citing(
        ryukyu_shimpo("Governor Nakaima approves the landfill", "https://english.ryukyushimpo.jp/2013/12/28/12672/")?,
    );
    desk.on("2013-12-27", granted)
}

/// Revoked, suspended, restarted, halted by a settlement, restored.
fn futenma_revoked(desk: &mut Desk) -> Result<()> {
    let revoked = Advance::builder(FUTENMA, bases::PERMIT_REVOKED)
        .noting("By Governor Onaga.")
        .citing(ryukyu_shimpo(
            "Governor Onaga revokes the approval",
            "https://english.ryukyushimpo.jp/2015/10/13/23789/",
        )?)
        .citing(page(
            "Okinawanderer",
            "Governor makes revocation of Henoko landfill permit official",
            "https://www.okinawanderer.com/2015/10/governor-makes-revocation-of-henoko-landfill-permit-official/",
        )?);
    desk.on("2015-10-13", revoked)?;
    let appeal =
        Remark::builder(FUTENMA, "The Ministry of Defense appeals to the land minister, and asks for a suspension")
            .citing(ryukyu_shimpo("Ministry of Defense appeals", "https://english.ryukyushimpo.jp/2015/10/19/23822/")?);
    desk.on("2015-10-14", appeal)?;
    let restart = page(
        "Japan Press Weekly",
        "On the restart of works at Henoko, 30 October 2015",
        "https://japan-press.co.jp/modules/news/index.php?id=8675",
    )?;
    desk.on("2015-10-27", Advance::builder(FUTENMA, bases::REVOCATION_SUSPENDED).citing(restart.clone()))?;
    desk.on("2015-10-29", Advance::builder(FUTENMA, bases::WORKS).citing(restart))?;

    let later =
        || ryukyu_shimpo("Governor Onaga cancels his revocation", "http://english.ryukyushimpo.jp/2016/12/29/26224");
    let halted = Advance::builder(FUTENMA, bases::WORKS_HALTED)
        .noting("A settlement in court. Works stood still for about a year.")
        .citing(later()?)
        .citing(page(
            "The Asia-Pacific Journal",
            "Article by Hideki Yoshikawa",
            "https://apjjf.org/2018/02/yoshikawa",
        )?);
    desk.on("2016-03-04", halted)?;
    let high_court = Remark::builder(FUTENMA, "A high court holds the revocation illegal")
        .noting("The Naha branch of the Fukuoka High Court.")
        .citing(japan_times(
            "High court in Naha rules on the state's suit over the base",
            "news/2016/09/16/national/crime-legal/high-court-naha-set-rule-suit-state-okinawa-nago-base-plan/",
        )?);
    desk.on("2016-09-16", high_court)?;
    let supreme_court = Remark::builder(FUTENMA, "The Supreme Court rules against the prefecture").citing(later()?);
    desk.on("2016-12-20", supreme_court)?;
    let restored = Advance::builder(FUTENMA, bases::PERMIT_RESTORED).noting("The Governor undoes his revocation.");
    desk.on("2016-12-26", restored.citing(later()?))?;
    let seawall = Advance::builder(FUTENMA, bases::WORKS).noting("Works on the seawall.").citing(page(
        "The Asia-Pacific Journal",
        "Article by Hideki Yoshikawa",
        "https://apjjf.org/2017/11/yoshikawa",
    )?);
    desk.on("2017-04-25", seawall)
}

/// Withdrawn, suspended, restarted; then only events that do not change the status.
fn futenma_withdrawn(desk: &mut Desk) -> Result<()> {
    let withdrawn = Advance::builder(FUTENMA, bases::PERMIT_WITHDRAWN).citing(page(
        "The Mainichi",
        "Okinawa Prefecture retracts the approval",
        "https://mainichi.jp/english/articles/20180901/p2a/00m/0na/015000c",
    )?);
    desk.on("2018-08-31", withdrawn)?;
    let suspended = Advance::builder(FUTENMA, bases::WITHDRAWAL_SUSPENDED).citing(page(
        "Japan Press Weekly",
        "Land Minister issues decision to allow Henoko landfill work to be resumed",
        "https://japan-press.co.jp/modules/news/index.php?id=11823",
    )?);
    desk.on("2018-10-30", suspended)?;
    let restart = japan_times("Works at Henoko restart", "?post_type=news&p=1612709")?;
    desk.on("2018-11-01", Advance::builder(FUTENMA, bases::WORKS).citing(restart))?;
    let soil = Remark::builder(FUTENMA, "Soil is poured into the sea for the first time").citing(japan_times(
        "Japan starts landfill work for move of unpopular U.S. base",
        "news/2018/12/14/national/japan-starts-landfill-work-move-unpopular-u-s-base-okinawa/",
    )?);
    desk.on("2018-12-14", soil)?;
    let referendum = Remark::builder(FUTENMA, "The prefecture votes against the landfill in a referendum")
        .noting(
            "434,273 against, at a turnout of 52.48 per cent. Sources differ about the share, which one gives \
             as 72.15 per cent of valid votes and another as 71.7 per cent of all.",
        )
        .citing(page(
            "The Asahi Shimbun",
            "Result of the prefectural referendum",
            "http://www.asahi.com/ajw/articles/AJ201902250016.html",
        )?);
    desk.on("2019-02-24", referendum)?;
    let annulled =
        Remark::builder(FUTENMA, "The land minister annuls the withdrawal of the approval").citing(japan_times(
            "Japan's land minister voids Okinawa's move to halt construction of U.S. base at Henoko",
            "news/2019/04/05/national/japans-land-minister-voids-okinawas-move-halt-construction-u-s-base-henoko/",
        )?);
    desk.on("2019-04-05", annulled)
}

/// The change of design progresses separately while the works continue, so it is a part of its own.
fn design_change(desk: &mut Desk) -> Result<()> {
    let jiji = page(
        "Nippon.com (Jiji Press)",
        "Okinawa Rejects Henoko Design Change Application",
        "https://www.nippon.com/en/news/yjj2021112500789/okinawa-rejects-henoko-design-change-application.html",
    )?;
    let embassy = page(
        "U.S. Embassy in Japan",
        "GOJ counters Okinawa's rejection of Henoko design changes",
        "https://jmh.usembassy.gov/20211208180866/",
    )?;
    let change = realignment(DESIGN_CHANGE, "The change of design for soft ground off Henoko")?
        .part_of(FUTENMA)
        .opening(bases::DESIGN_CHANGE_APPLIED, "2020-04", [jiji.clone(), embassy]);
    desk.register("2020-04-30", change)?;
    let month = Remark::builder(DESIGN_CHANGE, "The day of the application is left open")
        .noting("The sources at hand say April 2020, so its history opens on the last day of that month.");
    desk.on("2020-04", month)?;
    desk.on("2021-11-25", Advance::builder(DESIGN_CHANGE, bases::DESIGN_CHANGE_REFUSED).citing(jiji))?;
    let supreme_court = Remark::builder(DESIGN_CHANGE, "The Supreme Court rules against the prefecture").citing(page(
        "The Asahi Shimbun",
        "Governor Tamaki misses the deadline for approving the design change",
        "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15016126",
    )?);
    desk.on("2023-09-04", supreme_court)?;
    let ordered = Advance::builder(DESIGN_CHANGE, bases::DESIGN_CHANGE_ORDERED).citing(yomiuri(
        "High court orders the governor to approve the design change",
        "society/crime-courts/20231220-156803/",
    )?);
    desk.on("2023-12-20", ordered)?;
    let by_proxy = Advance::builder(DESIGN_CHANGE, bases::DESIGN_CHANGE_APPROVED_BY_PROXY).citing(yomiuri(
        "Land minister approves the design change by proxy",
        "politics/defense-security/20231228-158401/",
    )?);
    desk.on("2023-12-28", by_proxy)?;
    let works = Advance::builder(DESIGN_CHANGE, bases::WORKS).noting("In Oura Bay.").citing(page(
        "The Asahi Shimbun",
        "Works begin in Oura Bay",
        "https://ajw-origin.potaufeu.asahi.com/ajw/articles/15107065",
    )?);
    desk.on("2024-01-10", works)
}

fn northern_training_area(desk: &mut Desk) -> Result<()> {
    let area = realignment(NORTHERN_TRAINING_AREA, "Return of about 4,000 hectares of the Northern Training Area")?
        .part_of(ID);
    desk.register("2013-01-18", area)?;
    let older = Remark::builder(NORTHERN_TRAINING_AREA, "It had been in the works for long")
        .noting(
            "By a report of December 2016 for twenty years. No source at hand has the day on which it was \
                 first agreed.",
        )
        .citing(arkansas()?);
    desk.on("2013-01-18", older)?;
    let announced = Advance::builder(NORTHERN_TRAINING_AREA, bases::PLAN_AGREED)
        .noting("Both governments announce the return, to be completed by 22 December.")
        .citing(arkansas()?);
    desk.on("2016-12-06", announced)?;
    let returned = Advance::builder(NORTHERN_TRAINING_AREA, bases::LAND_RETURNED)
        .citing(page(
            "Kyodo News",
            "Northern Training Area returned",
            "http://english.kyodonews.jp/news/2016/12/450613.html",
        )?)
        .citing(page(
            "U.S. Embassy in Japan",
            "Return of the Northern Training Area",
            "https://japan2.usembassy.gov/e/p/2016/tp-20161221-01.html",
        )?);
    desk.on("2016-12-22", returned)
}

/// Land returned piece by piece: each return is a step to the same status.
fn consolidation(desk: &mut Desk) -> Result<()> {
    let text = "The Consolidation Plan will reduce the U.S. footprint in the most populated areas of Okinawa, \
                and enable the return of significant amounts of land south of Kadena Air Base";
    let made = "2013-04-05";
    let returns = Commitment::builder(CONSOLIDATION, "Returns of land under the Okinawa Consolidation Plan")
        .procedure(builtin::base_realignment())
        .by("us")
        .made(made)
        .obligation(Obligation::Result)
        .words(text, consolidation_plan()?)
        .by("jp")
        .part_of(ID)
        .topic("bases")
        .opening(bases::PLAN_AGREED, made, [consolidation_plan()?]);
    desk.register("2013-04-05", returns)?;

    let makiminato = Advance::builder(CONSOLIDATION, bases::LAND_PARTLY_RETURNED)
        .noting("1 hectare of the Makiminato Service Area. The sources at hand have the month only.")
        .citing(second_return()?);
    desk.on("2013-08", makiminato)?;
    let west_futenma = Advance::builder(CONSOLIDATION, bases::LAND_PARTLY_RETURNED)
        .noting("The West Futenma Housing Area, 51 hectares.")
        .citing(second_return()?)
        .citing(page(
            "U.S. Pacific Command",
            "Marine Corps gives land back to the Government of Japan",
            "http://www.pacom.mil/Media/News/News-Article-View/Article/583897/marine-corps-gives-land-back-to-govt-of-japan/",
        )?);
    desk.on("2015-03-31", west_futenma)?;
    let joint = page(
        "The World and Japan Database",
        "Implementation of Bilateral Plans for Consolidating Facilities and Areas in Okinawa, Japan-U.S. \
         Joint Press Release",
        "https://worldjpn.net/documents/texts/JPUS/20151204.O1E.html",
    )?
    .quoting("This return is to be reflected in the triennial update of the")?;
    let eastern_side =
        Remark::builder(CONSOLIDATION, "About 4 hectares on the east side of Futenma are taken into the plan");
    desk.on("2015-12-04", eastern_side.citing(joint))?;
    let futenma = Advance::builder(CONSOLIDATION, bases::LAND_PARTLY_RETURNED)
        .noting("About 4 hectares on the east side of Futenma. Papers were signed on this day; the ceremony \
                 was on 1 August.")
        .citing(page(
            "Marine Corps Installations Pacific",
            "US Government returns land to Okinawa",
            "https://www.okinawa.marines.mil/News/News-Article-Display/Article/1264384/us-government-returns-land-to-okinawa/",
        )?);
    desk.on("2017-07-19", futenma)
}

fn second_return() -> Result<Source> {
    ryukyu_shimpo("West Futenma Housing Area returned", "http://english.ryukyushimpo.jp/2015/04/06/18052")
}

fn arkansas() -> Result<Source> {
    page(
        "Arkansas Online",
        "U.S. soon to finish return of Japan's land",
        "http://www.arkansasonline.com/news/2016/dec/07/pupil-s-remains-identified-mexican-says/",
    )
}

fn yomiuri(title: &str, path: &str) -> Result<Source> {
    page("The Yomiuri Shimbun", title, &format!("https://japannews.yomiuri.co.jp/{path}"))
}
