namespace Crescent.EventStore.Sqlite;

/// <summary>The database file was written by a newer release, and going back is not possible.</summary>
public sealed class SchemaTooNewException(string path, string component, int found, int known) : Exception(
    $"The database '{path}' has version {found} of the {component} tables, but this release knows only {known}. Start the newer release again, or use another data folder.");
