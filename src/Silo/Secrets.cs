using System.Security.Cryptography;
using System.Text.Json;
using Crescent.EventStore.Sqlite;

namespace Crescent.Silo;

/// <summary>The keys of one installation. Losing them makes stored personal data unreadable and every token invalid.</summary>
/// <param name="TokenSigningKey">Signs and checks the built-in issuer's tokens.</param>
/// <param name="EmailClaimKey">Turns an e-mail address into the key of its claim.</param>
/// <param name="RequestKey">Fingerprints the body that was sent with an idempotency key.</param>
/// <param name="PersonalMasterKey">Encrypts the users' own keys where they are stored.</param>
/// <param name="ClientSecrets">Secret of each client of the built-in issuer, by its name.</param>
public sealed record Secrets(
    byte[] TokenSigningKey,
    byte[] EmailClaimKey,
    byte[] RequestKey,
    byte[] PersonalMasterKey,
    IReadOnlyDictionary<string, string> ClientSecrets)
{
    const string FileName = "secrets.json";
    const int KeyBytes = 32;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Reads the folder's secrets; creates them, readable by their owner only, where there are none yet.</summary>
    /// <param name="folder">Where they are kept.</param>
    /// <param name="clients">Clients of the built-in issuer that get a secret with the first start.</param>
    /// <exception cref="StartupException">The file is there and cannot be understood.</exception>
    public static Secrets OpenOrCreate(DataFolder folder, IEnumerable<string> clients)
    {
        var path = folder.FilePath(FileName);
        if (!File.Exists(path))
            Create(path, clients);
        return Open(path);
    }

    /// <summary>Creates the secrets of an installation; its file is readable by its owner only.</summary>
    /// <param name="path">The file, which must not be there yet.</param>
    /// <param name="clients">Clients of the built-in issuer that get a secret.</param>
    public static void Create(string path, IEnumerable<string> clients) => Write(Create(clients), path);

    /// <summary>Reads the secrets of an installation.</summary>
    /// <exception cref="StartupException">The file is missing or cannot be understood.</exception>
    public static Secrets Open(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Secrets>(File.ReadAllBytes(path), Json) is { HasWholeKeys: true } secrets
                ? secrets
                : throw new JsonException("a key is missing or too short");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StartupException($"There is no secrets file at {Path.GetFullPath(path)}: copy the one all hosts of the cluster share, or create it with 'Crescent.ApiHost secrets FILE'.", e);
        }
        catch (Exception e) when (e is JsonException or UnauthorizedAccessException)
        {
            throw new StartupException($"{path} cannot be read ({e.Message.TrimEnd('.')}); restore it from a backup, without it the stored personal data stays unreadable.", e);
        }
    }

    bool HasWholeKeys => new[] { TokenSigningKey, EmailClaimKey, RequestKey, PersonalMasterKey }.All(key => key.Length >= KeyBytes);

    static Secrets Create(IEnumerable<string> clients) => new(
        RandomNumberGenerator.GetBytes(KeyBytes),
        RandomNumberGenerator.GetBytes(KeyBytes),
        RandomNumberGenerator.GetBytes(KeyBytes),
        RandomNumberGenerator.GetBytes(KeyBytes),
        clients.ToDictionary(client => client, _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes / 2))));

    /// <summary>Written beside and renamed, so that a process killed meanwhile leaves no half of a file.</summary>
    static void Write(Secrets secrets, string path)
    {
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(file, secrets, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path);
    }
}
