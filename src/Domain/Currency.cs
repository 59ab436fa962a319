using System.Collections.Frozen;

namespace Crescent.Domain;

/// <summary>The active currencies of ISO 4217 that have a minor unit, with its number of decimals.</summary>
public static class Currency
{
    static readonly FrozenDictionary<string, int> MinorUnits = Table(
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
            CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD
            HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP
            MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD
            SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS
            VED VES WST XCD XCG YER ZAR ZMW ZWG
            """),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"));

    /// <summary>How many decimals the currency has, or null for a code that is none.</summary>
    public static int? DecimalsOf(string? code) =>
        code is not null && MinorUnits.TryGetValue(code, out var decimals) ? decimals : null;

    static FrozenDictionary<string, int> Table(params (int Decimals, string Codes)[] rows) => rows
        .SelectMany(row => row.Codes
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(code => KeyValuePair.Create(code, row.Decimals)))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
