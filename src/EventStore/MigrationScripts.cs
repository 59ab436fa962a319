using System.Globalization;

namespace Crescent.EventStore;

/// <summary>The embedded scripts <c>Migrations/NNNN-name.sql</c> of a component, in order.</summary>
static class MigrationScripts
{
    /// <param name="neighbour">A type beside the folder Migrations.</param>
    public static IReadOnlyList<(int Number, string Text)> Of(Type neighbour)
    {
        var prefix = $"{neighbour.Namespace}.Migrations.";
        var scripts = neighbour.Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (Number: int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture),
                Name: name[(neighbour.Namespace!.Length + 1)..^".sql".Length]))
            .OrderBy(script => script.Number)
            .ToList();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i].Number != i + 1)
                throw new InvalidOperationException($"The migrations under {prefix} must be numbered from 0001 without gaps, but {scripts[i].Name} comes at place {i + 1}.");
        }

        return [.. scripts.Select(script => (script.Number, SqlText.Load(neighbour, script.Name)))];
    }
}
