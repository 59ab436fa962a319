using System.Globalization;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>Names grain classes.</summary>
internal static class GrainTypeNames
{
    private const string Suffix = "grain";

    /// <summary>What an attribute says; else the class name in lower case without a trailing "grain", with the number of type parameters.</summary>
    public static GrainType Of(Type grainClass, IServiceProvider services)
    {
        foreach (var attribute in grainClass.GetCustomAttributes(inherit: false))
        {
            if (attribute is IGrainTypeProviderAttribute named)
            {
                return named.GetGrainType(services, grainClass);
            }
        }

        var name = grainClass.Name;
        var arity = name.IndexOf('`');
        if (arity >= 0)
        {
            name = name[..arity];
        }

#pragma warning disable CA1308 // Grain types are lower case by definition; it is no normalization.
        name = name.ToLowerInvariant();
#pragma warning restore CA1308
        if (name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length)
        {
            name = name[..^Suffix.Length];
        }

        return GrainType.Create(
            grainClass.IsGenericType ? string.Create(CultureInfo.InvariantCulture, $"{name}`{grainClass.GetGenericArguments().Length}") : name);
    }
}
