using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidy;

public sealed class SizeTests
{
    private const int FileLimit = 400;
    private const int UsualFileLimit = 200;
    private const double UsualShare = 0.9;
    private const int MethodLimit = 70;
    private const int ProgramLimit = 70;

    [Fact]
    public void File_Any_StaysWithinItsLimit() =>
        Assert.Empty(Repository.Sources.Where(f => f.LineCount > FileLimit).Select(f => $"{f}: {f.LineCount} lines, limit {FileLimit}"));

    [Fact]
    public void Files_Together_AreMostlySmall()
    {
        var files = Repository.Sources.ToList();
        var small = files.Count(f => f.LineCount <= UsualFileLimit);
        Assert.True(small >= UsualShare * files.Count, $"only {small} of {files.Count} files have at most {UsualFileLimit} lines");
    }

    [Fact]
    public void Program_Any_IsATableOfContents() =>
        Assert.Empty(Repository.CSharp.Where(f => Path.GetFileName(f.Path) == "Program.cs" && f.LineCount > ProgramLimit).Select(f => $"{f}: {f.LineCount} lines, limit {ProgramLimit}"));

    [Fact]
    public void Method_Any_StaysWithinItsLimit() =>
        Assert.Empty(Repository.CSharp.SelectMany(LongMethods));

    private static IEnumerable<string> LongMethods(RepositoryFile file)
    {
        var tree = CSharpSyntaxTree.ParseText(file.Text);
        foreach (var node in tree.GetRoot().DescendantNodes().Where(n => n is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax))
        {
            var span = tree.GetLineSpan(node.Span);
            var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
            if (lines > MethodLimit)
                yield return $"{file}:{span.StartLinePosition.Line + 1}: {lines} lines, limit {MethodLimit}";
        }
    }
}
