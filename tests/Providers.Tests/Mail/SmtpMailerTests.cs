using System.Net;
using System.Net.Sockets;
using Crescent.Domain.Mail;
using Crescent.Providers.Mail;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Tests.Mail;

public sealed class SmtpMailerTests
{
    private static readonly MailMessage s_message = new(
        new Guid("0198c0de-0000-7000-8000-000000000001"), "user-1", "ada@example.com", "On its way", "Hello Ada");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Accepted_HandsTheMailOverWithItsMessageId()
    {
        await using var server = new SmtpStub("250 ok");

        Assert.IsType<MailOutcome.Sent>(await Mailer(server).SendAsync(s_message, Ct));

        var text = await server.ReceivedAsync();
        Assert.Contains("RCPT TO:<ada@example.com>", text, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <0198c0de000070008000000000000001@shop.example>", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Hello Ada", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_RecipientRefusedForGood_IsRefused()
    {
        await using var server = new SmtpStub("550 no such mailbox");

        Assert.Equal(new MailOutcome.Refused("smtp_550"), await Mailer(server).SendAsync(s_message, Ct));
    }

    [Fact]
    public async Task SendAsync_RecipientRefusedForNow_Throws()
    {
        await using var server = new SmtpStub("450 busy");

        await Assert.ThrowsAnyAsync<System.Net.Mail.SmtpException>(() => Mailer(server).SendAsync(s_message, Ct));
    }

    private static SmtpMailer Mailer(SmtpStub server) =>
        new(Options.Create(new SmtpMailerOptions { Host = "127.0.0.1", Port = server.Port, UseTls = false, From = "shop@shop.example" }));

    /// <summary>A mail server for one connection that answers the recipient as told and everything else with yes.</summary>
    private sealed class SmtpStub : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _recipientAnswer;
        private readonly Task<string> _session;

        public SmtpStub(string recipientAnswer)
        {
            _recipientAnswer = recipientAnswer;
            _listener.Start();
            _session = ServeAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public Task<string> ReceivedAsync() => _session;

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _session;
        }

        private async Task<string> ServeAsync()
        {
            using var client = await _listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
            var received = new StringWriter();
            var inData = false;
            await writer.WriteLineAsync("220 stub");
            while (await reader.ReadLineAsync() is { } line)
            {
                await received.WriteLineAsync(line);
                if (inData && line != ".") continue;
                inData = line == "DATA";
                await writer.WriteLineAsync(line switch
                {
                    "DATA" => "354 go on",
                    "QUIT" => "221 bye",
                    _ when line.StartsWith("RCPT", StringComparison.Ordinal) => _recipientAnswer,
                    _ => "250 ok",
                });
                if (line == "QUIT") break;
            }
            return received.ToString();
        }
    }
}
