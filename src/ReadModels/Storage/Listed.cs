namespace Crescent.ReadModels.Storage;

/// <summary>A row and its place in lists: the position of the event that brought it, which is unique, never changes, and comes again in a rebuild.</summary>
internal readonly record struct Listed<T>(long Position, T Row);
