namespace Crescent.EventStore;

/// <summary>Reads an embedded <c>.sql</c> file: one statement per file, beside the class that uses it.</summary>
public static class SqlText
{
    /// <param name="neighbour">A type whose namespace is the file's folder.</param>
    /// <param name="name">The file's name without <c>.sql</c>; a sub-folder is written as <c>Folder.Name</c>.</param>
    public static string Load(Type neighbour, string name)
    {
        using var stream = neighbour.Assembly.GetManifestResourceStream(neighbour, name + ".sql")
            ?? throw new InvalidOperationException($"No embedded {name}.sql beside {neighbour}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
