// The four that needed no procedure of law: the Security Council, the abductees, the Senkaku Islands, the visit.

import Servanda

private let securityCouncilID = "us-jp/security-council"
private let abducteesID = "us/abductees"
private let senkakuID = "us/senkaku"
private let visitID = "us/abe-visit"

func others(_ desk: Desk) throws {
    try securityCouncil(desk)
    try abductees(desk)
    try senkaku(desk)
    try visit(desk)
}

private func securityCouncil(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: securityCouncilID, title: "Strong action by the UN Security Council on the launch of 12 December 2012",
            procedure: .builtIn("action"), by: ["us", "jp"], made: spoken, obligation: .result,
            words: words(
                "joint commitment to",
                """
                The two diplomats also discussed their joint commitment to strong action by the United Nations \
                Security Council in response to North Korea's December 12 launch using ballistic missile technology.
                """),
            topics: ["north-korea"]))
    try desk.advance(
        securityCouncilID, to: "done", on: "2013-01-22",
        page(
            "United Nations", "Statement attributable to the Spokesperson for the Secretary-General on the resolution",
            "https://www.un.org/sg/en/content/sg/statement/2013-01-22/statement-attributable-spokesperson-secretary-general-resolution"),
        note: "Resolution 2087, adopted unanimously.")
}

private func abductees(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: abducteesID, title: "Return of Japanese citizens abducted by North Korea",
            procedure: .builtIn("action"), by: ["us"], to: ["jp"], made: spoken, obligation: .conduct,
            words: words(
                "support",
                """
                Secretary Clinton reiterated U.S. support in Japan's efforts to return Japanese citizens who have been \
                abducted by North Korea.
                """),
            topics: ["north-korea"]))
    try desk.advance(
        abducteesID, to: "under-way", on: "2014-04-24",
        japanTimes(
            "Obama meets abductees' kin, pledges to help solve issue",
            "news/2014/04/24/national/obama-meets-abductees-kin-pledges-help-solve-issue/"),
        note: """
        President Obama meets families of the abductees in Tokyo and says that the United States will help to resolve \
        the matter: the first act of support that the sources at hand date. It need not have been the first.
        """)
    try desk.remark(
        abducteesID, "North Korea agrees to investigate the abductions again", on: "2014-05-29",
        page(
            "The Mainichi", "North Korea agrees to reinvestigate the abductions",
            "http://mainichi.jp/english/english/newsselect/news/20140529p2g00m0dm059000c.html"),
        page(
            "NDTV", "North Korea to investigate kidnappings of Japanese citizens",
            "http://www.ndtv.com/world-news/north-korea-to-investigate-kidnappings-of-japanese-citizens-564539"),
        note: "Announced by both countries. Neither is the party that gave this word.")
}

/// To say a position again moves nothing, so a restatement is a remark.
private func senkaku(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: senkakuID, title: "No position on sovereignty of the Senkaku Islands; opposition to unilateral action",
            procedure: .builtIn("position"), by: ["us"], to: ["jp"], made: spoken, obligation: .position,
            words: words(
                "reiterated",
                """
                The United States does not take a position on the sovereignty of the islands, though it acknowledges \
                Japanese administration and opposes unilateral action that would undermine it
                """),
            topics: ["security"]))
    try desk.remark(
        senkakuID, "President Obama restates it in Tokyo", on: "2014-04-24",
        japanTimes(
            "Obama tells Abe security treaty covers Senkakus",
            "news/2014/04/24/national/obama-tells-abe-security-treaty-covers-senkakus/"),
        page(
            "U.S. Pacific Command", "Obama: U.S. treaty commitment to Japan is absolute",
            "https://www.pacom.mil/Media/News/Article/564126/obama-us-treaty-commitment-to-japan-is-absolute/"),
        note: "Article 5 of the security treaty covers the islands; no position on sovereignty.")
    try desk.remark(
        senkakuID, "Restated during Prime Minister Abe's visit to Washington", on: "2015-04-28",
        page(
            "Ryan Scoville", "Further U.S. Assurances on the Senkaku Islands",
            "https://ryanscoville.com/2015/05/01/further-u-s-assurances-on-the-senkaku-islands/"))
}

private func visit(_ desk: Desk) throws {
    try desk.register(
        on: "2013-01-18",
        Commitment(
            id: visitID, title: "A visit of Prime Minister Abe to Washington in February",
            procedure: .builtIn("action"), by: ["us", "jp"], made: spoken, obligation: .result,
            words: Words(text: "has invited", source: editorial), deadline: PartialDate(2013, 2), topics: ["alliance"]))
    try desk.remark(
        visitID, "Both sides speak of the third week of February", on: "2013-01-18", kishida,
        foreignMinistry("Japan-U.S. Foreign Ministers' Meeting (Summary)", "region/n-america/us/130118_01.html"))
    try desk.advance(visitID, to: "done", on: "2013-02-22", februarySummit)
}

private let kishida = pageInJapanese(
    "Fumio Kishida", "日米外相会談", "https://kishida.gr.jp/activity/464", quotation: "双方は,2月第三週に安倍総理が訪米し")
