using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Engine.CodeGenerator.Model;

/// <summary>A diagnostic by value: a location would keep the syntax tree alive and compare as different after every edit.</summary>
internal sealed record DiagnosticInfo(string Id, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Create(DiagnosticDescriptor descriptor, ISymbol at, params string[] arguments)
    {
        var location = at.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        return new(descriptor.Id, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, arguments.ToEquatable());
    }

    public Diagnostic ToDiagnostic()
    {
        var location = Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines);
        return Diagnostic.Create(Diagnostics.Get(Id), location, Arguments.Cast<object>().ToArray());
    }
}
