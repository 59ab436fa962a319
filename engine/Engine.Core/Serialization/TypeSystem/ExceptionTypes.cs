using System.Buffers;

namespace Orleans.Serialization.TypeSystem;

/// <summary>
/// Finds exceptions without a codec by name. Any exception whose assembly is loaded will do: it is created without running any
/// code of its own but a constructor for serialization. Nothing is ever loaded.
/// </summary>
internal static class ExceptionTypes
{
    /// <summary>Begins the name of every exception, so that one that is not known can be told from other types.</summary>
    public const char Mark = '!';

    private static readonly SearchValues<char> s_refused = SearchValues.Create("[],&*\\");

    public static string GetName(Type type) => $"{Mark}{type.FullName},{type.Assembly.GetName().Name}";

    /// <summary>The exception of that name, or the one that stands for those that are not known.</summary>
    public static Type Find(string name)
    {
        var comma = name.LastIndexOf(',');

        // A type argument would be looked up, and loaded, wherever it says it is.
        if (comma < 0 || name.AsSpan(1, comma - 1).ContainsAny(s_refused))
            return typeof(UnavailableExceptionFallbackException);

        var assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == name[(comma + 1)..]);
        var type = assembly?.GetType(name[1..comma], throwOnError: false);
        return type is { IsAbstract: false, ContainsGenericParameters: false } && typeof(Exception).IsAssignableFrom(type)
            ? type
            : typeof(UnavailableExceptionFallbackException);
    }
}
