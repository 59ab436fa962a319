using Crescent.EventStore.Sqlite;

namespace Crescent.EventStore.Tests.Sqlite;

public sealed class DataFolderTests : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("crescent-folder-").FullName;

    string Folder => Path.Combine(_parent, "data");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Claim_MissingFolder_IsCreatedForThisUserAlone()
    {
        using var folder = DataFolder.Claim(Folder);

        Assert.True(Directory.Exists(Folder));
        Assert.Equal(Path.Combine(Folder, "crescent.db"), folder.FilePath("crescent.db"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
    }

    [Fact]
    public void Claim_Twice_IsRefusedInOneSentence()
    {
        using var first = DataFolder.Claim(Folder);

        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Claim(Folder));

        Assert.Equal($"The data folder '{Folder}' is in use by another process. Stop that one, or choose another folder.", refusal.Message);
    }

    [Fact]
    public void Claim_Released_IsFreeAgain()
    {
        DataFolder.Claim(Folder).Dispose();
        DataFolder.Claim(Folder).Dispose();
    }

    [Fact]
    public void Claim_PathIsAFile_SaysSo()
    {
        File.WriteAllText(Folder, "");

        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Claim(Folder));

        Assert.StartsWith($"The data folder '{Folder}' cannot be created:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_LockFileCannotBeOpened_SaysSo()
    {
        Directory.CreateDirectory(Path.Combine(Folder, ".lock"));

        var refusal = Assert.Throws<DataFolderException>(() => DataFolder.Claim(Folder));

        Assert.StartsWith($"The data folder '{Folder}' cannot be written:", refusal.Message, StringComparison.Ordinal);
    }
}
