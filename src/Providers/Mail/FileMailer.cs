using System.Text;
using Crescent.Domain.Mail;
using Microsoft.Extensions.Options;

namespace Crescent.Providers.Mail;

/// <summary>
/// "Sends" mails as files, one per message id, so that a repetition replaces the same file. Addresses in the domain
/// <see cref="UnsendableDomain"/> are refused for good, to try out what happens then.
/// </summary>
public sealed class FileMailer(IOptions<FileMailerOptions> options, TimeProvider time) : IMailer
{
    public const string UnsendableDomain = "unsendable.test";

    public async Task<MailOutcome> SendAsync(MailMessage message, CancellationToken ct = default)
    {
        if (!MailAddresses.TryParse(message.To, out var to))
            return new MailOutcome.Refused("invalid_address");
        if (string.Equals(to.Host, UnsendableDomain, StringComparison.OrdinalIgnoreCase))
            return new MailOutcome.Refused("address_refused");

        _ = MailAddresses.TryParse(options.Value.From, out var from);
        var text = MailText.Render(from!, to, message.Subject, message.Body, message.Id, time.GetUtcNow());
        var path = PathOf(message);
        // Off the caller's turn, which a flush would hold up.
        await Task.Run(() => Replace(path, Encoding.UTF8.GetBytes(text)), ct);
        return new MailOutcome.Sent();
    }

    /// <summary>Deletes the user's mails, also half-written ones.</summary>
    public Task EraseAsync(string userId, CancellationToken ct = default)
    {
        var folder = new DirectoryInfo(options.Value.Folder);
        if (folder.Exists)
            foreach (var file in folder.EnumerateFiles($"*.{Checked(userId)}.eml*"))
                file.Delete();
        return Task.CompletedTask;
    }

    private string PathOf(MailMessage message) =>
        Path.Combine(options.Value.Folder, $"{message.Id:N}.{Checked(message.UserId)}.eml");

    /// <summary>A reader sees the whole mail or none; after a crash at most a <c>.tmp</c> is left, which the repetition replaces.</summary>
    private static void Replace(string path, byte[] text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".tmp";
        using (var file = File.OpenHandle(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            RandomAccess.Write(file, text, fileOffset: 0);
            RandomAccess.FlushToDisk(file);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>A user id becomes part of a file name and of a search pattern, so it must be nothing else.</summary>
    private static string Checked(string userId) =>
        userId.Length is > 0 and <= 100 && userId.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? userId
            : throw new ArgumentException("A user id consists of letters, digits, '-' and '_'.", nameof(userId));
}
