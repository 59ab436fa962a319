using System.Text;
using Crescent.Domain.Mail;
using Crescent.Providers.Mail;
using Crescent.Testing;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Tests.Mail;

public sealed class FileMailerTests : IDisposable
{
    private static readonly MailMessage s_message = new(
        new Guid("0198c0de-0000-7000-8000-000000000001"), "user-1", "ada@example.com", "Your order is on its way – größer", "Hello Ada,\n\nit is größer and on its way.");

    private readonly TempFolder _folder = new();
    private readonly FileMailer _mailer;

    public FileMailerTests() =>
        _mailer = new FileMailer(Options.Create(new FileMailerOptions { Folder = _folder.Path }), new ManualTime());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SendAsync_Repeated_LeavesOneCompleteMail()
    {
        Assert.IsType<MailOutcome.Sent>(await _mailer.SendAsync(s_message with { Body = "An older text" }, Ct));
        Assert.IsType<MailOutcome.Sent>(await _mailer.SendAsync(s_message, Ct));

        var file = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal("0198c0de000070008000000000000001.user-1.eml", Path.GetFileName(file));
        var (headers, body) = Parse(await File.ReadAllTextAsync(file, Ct));
        Assert.Contains("Message-ID: <0198c0de000070008000000000000001@crescent.example>\r\n", headers, StringComparison.Ordinal);
        Assert.Contains("To: ada@example.com\r\n", headers, StringComparison.Ordinal);
        Assert.Contains("Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n", headers, StringComparison.Ordinal);
        Assert.Equal(s_message.Body, body);
    }

    [Fact]
    public async Task SendAsync_SubjectBeyondAscii_IsEncodedInWordsThatDecodeToIt()
    {
        var subject = string.Concat(Enumerable.Repeat("größer 漢字 ", 10)).Trim();
        await _mailer.SendAsync(s_message with { Subject = subject }, Ct);

        var (headers, _) = Parse(await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path).Single(), Ct));
        var value = headers[(headers.IndexOf("Subject: ", StringComparison.Ordinal) + "Subject: ".Length)..headers.IndexOf("\r\nMIME", StringComparison.Ordinal)];
        var words = value.Split("\r\n ");
        Assert.All(words, word => Assert.InRange(word.Length, 1, 75));
        Assert.Equal(subject, string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))));
    }

    [Theory]
    [InlineData("someone@unsendable.test", "address_refused")]
    [InlineData("someone@UNSENDABLE.test", "address_refused")]
    [InlineData("no address", "invalid_address")]
    [InlineData("a@example.com\r\nBcc: b@example.com", "invalid_address")]
    public async Task SendAsync_AddressItCannotSendTo_IsRefusedAndWritesNothing(string to, string reason)
    {
        Assert.Equal(new MailOutcome.Refused(reason), await _mailer.SendAsync(s_message with { To = to }, Ct));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task SendAsync_UserIdThatIsNoFileName_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _mailer.SendAsync(s_message with { UserId = "../x" }, Ct));

    [Fact]
    public async Task EraseAsync_DeletesTheUsersMailsAndHalfWrittenOnesOnly()
    {
        await _mailer.SendAsync(s_message, Ct);
        await _mailer.SendAsync(s_message with { Id = Guid.CreateVersion7() }, Ct);
        await File.WriteAllTextAsync(_folder.File("x.user-1.eml.tmp"), "half", Ct);
        await _mailer.SendAsync(s_message with { UserId = "user-11" }, Ct);

        await _mailer.EraseAsync("user-1", Ct);
        await _mailer.EraseAsync("user-1", Ct);

        var left = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.EndsWith(".user-11.eml", left, StringComparison.Ordinal);
    }

    private static (string Headers, string Body) Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (text[..(end + 2)], text[(end + 4)..].Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd());
    }
}
