using System.Globalization;

namespace Crescent.Silo;

/// <summary>
/// The folder that holds everything the embedded run keeps. It belongs to one process at a time: two writers with a cache
/// each would not see one another's commits.
/// </summary>
public sealed class DataFolder : IDisposable
{
    const string LockName = "crescent.lock";

    readonly FileStream _lock;

    DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    /// <summary>Full path of the folder.</summary>
    public string Path { get; }

    /// <summary>Full path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Creates the folder if it is missing and takes it for this process until disposed or killed.</summary>
    /// <exception cref="StartupException">It cannot be written, or another process has it.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(full, e);
        }

        return new DataFolder(full, Lock(full));
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    static FileStream Lock(string folder)
    {
        var path = System.IO.Path.Combine(folder, LockName);
        try
        {
            // The exclusive share is an advisory lock of the operating system, which also ends with a killed process.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return file;
        }
        catch (IOException e) when (IsHeldByAnother(path))
        {
            throw new StartupException(
                $"The data folder {folder} is in use by another process; stop that one or set Crescent:DataFolder to another folder.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    /// <summary>A lock that is held can still be seen; a folder that cannot be written has none, or one that opens for reading.</summary>
    static bool IsHeldByAnother(string path)
    {
        if (!System.IO.File.Exists(path))
            return false;
        try
        {
            using var probe = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    static StartupException Unwritable(string folder, Exception e) => new(
        $"The data folder {folder} cannot be written ({e.Message.TrimEnd('.')}); set Crescent:DataFolder to a folder this user may write.", e);
}
