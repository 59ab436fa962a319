using System.Globalization;
using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Crescent.ApiHost.Tests.Composition;

/// <summary>docs/settings.md as the options classes have it: key, default and what the class says of it.</summary>
internal static class SettingsDocument
{
    private static readonly string[] s_assemblies = ["Crescent.ApiHost", "Crescent.Silo", "Crescent.Grains", "Crescent.EventStore", "Crescent.Providers"];
    private static readonly string[] s_httpProviders = ["Crescent:Providers:Payment", "Crescent:Providers:Carrier"];
    private static readonly Dictionary<string, string> s_summaries = s_assemblies.SelectMany(Summaries).ToDictionary();

    public static string Render()
    {
        var text = new StringBuilder("""
            # Settings

            Every setting has a default. Set one in `appsettings.json`, as an environment variable with `__` for `:` (`Crescent__DataFolder=/var/lib/crescent`) or as an argument (`--Crescent:DataFolder=/var/lib/crescent`). A wrong or unknown one stops the start with a sentence. `ASPNETCORE_URLS` says where to listen. Payment, carrier and mail are sandboxes until `Crescent:Providers:Payment`, `Crescent:Providers:Carrier` or `Crescent:Providers:Smtp` is set.

            | setting | default | what it is |
            |---|---|---|

            """);
        foreach (var (key, standard, summary) in Rows())
            text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {(standard.Length == 0 ? "" : $"`{standard}`")} | {summary} |\n");
        return text.ToString();
    }

    public static IEnumerable<(string Key, string Default, string Summary)> Rows() =>
        s_assemblies.SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => SectionsOf(type).SelectMany(section => RowsOf(type, section)))
            .OrderBy(row => row.Key.Count(c => c == ':'))
            .ThenBy(row => row.Key, StringComparer.Ordinal);

    private static string[] SectionsOf(Type type) => type.GetField("Section")?.GetRawConstantValue() switch
    {
        string section => [section],
        _ when type.Name == "HttpProviderOptions" => s_httpProviders,
        _ => [],
    };

    private static IEnumerable<(string Key, string Default, string Summary)> RowsOf(Type type, string section)
    {
        var standard = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.PropertyType != typeof(byte[])))
        {
            if (property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal))
            {
                foreach (var row in RowsOf(property.PropertyType, $"{section}:{property.Name}"))
                    yield return row;
                continue;
            }
            var value = Convert.ToString(property.GetValue(standard), CultureInfo.InvariantCulture) ?? "";
            yield return ($"{section}:{property.Name}", value, s_summaries.GetValueOrDefault($"P:{type.FullName}.{property.Name}", ""));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Summaries(string assembly) =>
        XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly + ".xml")).Descendants("member")
            .Where(member => ((string)member.Attribute("name")!).StartsWith("P:Crescent.", StringComparison.Ordinal) && member.Element("summary") is not null)
            .Select(member => KeyValuePair.Create((string)member.Attribute("name")!, TextOf(member.Element("summary")!)));

    private static string TextOf(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement reference => $"`{((string?)reference.Attribute("cref") ?? "").Split('.')[^1]}`",
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
