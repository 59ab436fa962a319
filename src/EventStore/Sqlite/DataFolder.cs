namespace Crescent.EventStore.Sqlite;

/// <summary>The folder with this process's files, claimed for it alone as long as this object lives.</summary>
public sealed class DataFolder : IDisposable
{
    const string LockFile = ".lock";

    readonly FileStream _lock;

    DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Creates the folder if it is missing, readable by this user alone, and claims it.</summary>
    /// <exception cref="DataFolderException">It cannot be written, or another process has claimed it.</exception>
    public static DataFolder Claim(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            CreateFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder '{full}' cannot be created: {e.Message}", e);
        }

        var lockPath = System.IO.Path.Combine(full, LockFile);
        try
        {
            // The lock is the open file, not its existence: a killed process leaves nothing to clean up.
            return new DataFolder(full, new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderException($"The data folder '{full}' cannot be written: {e.Message}", e);
        }
        catch (IOException e) when (File.Exists(lockPath) && !IsReadOnly(e))
        {
            throw new DataFolderException($"The data folder '{full}' is in use by another process. Stop that one, or choose another folder.", e);
        }
        catch (IOException e)
        {
            throw new DataFolderException($"The data folder '{full}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The path of a file in the folder.</summary>
    public string FilePath(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

    static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>EROFS: the whole file system is read-only.</summary>
    static bool IsReadOnly(IOException e) => !OperatingSystem.IsWindows() && e.HResult == 30;
}

/// <summary>The data folder cannot be used; the message is for whoever started the process.</summary>
public sealed class DataFolderException(string message, Exception? innerException = null) : Exception(message, innerException);
