namespace Crescent.EventStore;

/// <summary>The database was written by a newer release, and going back is not possible.</summary>
/// <param name="database">The database as its owner knows it: a file or a name.</param>
public sealed class SchemaTooNewException(string database, string component, int found, int known) : Exception(
    $"The database '{database}' has version {found} of the {component} tables, but this release knows only {known}. Start the newer release again, or use another database.");
