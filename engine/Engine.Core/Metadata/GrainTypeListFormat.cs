using System.Text;
using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>
/// The grain classes of a cluster, as a gateway tells them to clients, which need not have the classes themselves.
/// <code>
/// list  = line*                        in UTF-8
/// line  = type TAB full name TAB name TAB interfaces (TAB anything)* LF
/// interfaces = wire names, separated by commas
/// </code>
/// </summary>
internal static class GrainTypeListFormat
{
    private const int Columns = 4;

    public static byte[] Write(GrainClassMap classes, TypeManifestBuilder manifest)
    {
        var text = new StringBuilder();
        foreach (var (type, grainClass) in classes.Classes)
        {
            var interfaces = grainClass.GetInterfaces().Where(manifest.Interfaces.ContainsKey).Select(i => manifest.Interfaces[i].Name);
            text.Append(type).Append('\t').Append(grainClass.FullName).Append('\t').Append(grainClass.Name).Append('\t').AppendJoin(',', interfaces).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The classes by the wire names of their interfaces.</summary>
    /// <exception cref="FormatException">It is no such list.</exception>
    public static Dictionary<string, List<GrainClassName>> Read(ReadOnlySpan<byte> bytes)
    {
        var classes = new Dictionary<string, List<GrainClassName>>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var columns = line.Split('\t');
            if (columns.Length < Columns || columns[0].Length == 0)
            {
                throw new FormatException($"A line of the list of grain classes has {columns.Length} columns.");
            }

            var name = new GrainClassName(GrainType.Create(columns[0]), columns[1], columns[2]);
            foreach (var implemented in columns[3].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!classes.TryGetValue(implemented, out var named))
                {
                    classes[implemented] = named = [];
                }

                named.Add(name);
            }
        }

        return classes;
    }
}
