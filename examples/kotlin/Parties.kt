// The parties: two that gave their word, and the others that deposit instruments.

package servanda.examples.alliance

import servanda.Draft
import servanda.Identifier
import servanda.Party
import servanda.define

/** Code in ISO 3166, name in English and in Japanese. The id is the code in lower case. */
private val PARTIES =
    listOf(
        Triple("JP", "Japan", "日本"),
        Triple("US", "United States of America", "アメリカ合衆国"),
        Triple("AU", "Australia", "オーストラリア"),
        Triple("BN", "Brunei Darussalam", "ブルネイ"),
        Triple("CA", "Canada", "カナダ"),
        Triple("CL", "Chile", "チリ"),
        Triple("MX", "Mexico", "メキシコ"),
        Triple("MY", "Malaysia", "マレーシア"),
        Triple("NZ", "New Zealand", "ニュージーランド"),
        Triple("PE", "Peru", "ペルー"),
        Triple("SG", "Singapore", "シンガポール"),
        Triple("VN", "Viet Nam", "ベトナム"),
    )

/** Defines them all in one batch: all of them, or none. */
internal fun parties(desk: Desk) =
    desk.take(
        "2013-01-18",
        PARTIES.map { (code, english, japanese) ->
            val names = mapOf("en" to english, "ja" to japanese)
            Draft.define(Party(code.lowercase(), names, listOf(Identifier("iso-3166-1", code))))
        },
    )
