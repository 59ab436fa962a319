using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;

namespace Crescent.Providers.Mail;

internal static class MailAddresses
{
    public static bool IsValid(string text) => TryParse(text, out _);

    public static bool TryParse(string text, [NotNullWhen(true)] out MailAddress? address)
    {
        address = null;
        // A line break would end the header the address is written to.
        return text.AsSpan().IndexOfAny('\r', '\n') < 0 && MailAddress.TryCreate(text, out address);
    }
}
