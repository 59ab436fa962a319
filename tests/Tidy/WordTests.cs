using System.Text.RegularExpressions;

namespace Tidy;

public sealed partial class WordTests
{
    private static readonly string[] s_textEndings = [".cs", ".csproj", ".props", ".targets", ".sql", ".md", ".json", ".yml", ".yaml", ".ts", ".tsx", ".conf", ""];

    [Fact]
    public void Source_Any_HasNoUnfinishedMarks() => AssertNowhere(Code, UnfinishedMark());

    [Fact]
    public void Source_Any_HasNoRegions() => AssertNowhere(Code, Region());

    [Fact]
    public void Source_Any_NeverBlocksOnATask() => AssertNowhere(Code, BlockingWait());

    [Fact]
    public void Method_Async_NeverReturnsVoid() => AssertNowhere(Code, AsyncVoid());

    [Fact]
    public void Test_Any_NeverSleeps() =>
        AssertNowhere(Code.Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal) || f.Path.StartsWith("engine/tests/", StringComparison.Ordinal)), Sleep());

    [Fact]
    public void Test_Any_IsNeverSkipped() =>
        AssertNowhere(Code.Where(f => f.Path.Contains("tests/", StringComparison.Ordinal)), SkippedTest());

    [Fact]
    public void Clock_OutsideTests_ComesFromTimeProvider() =>
        AssertNowhere(Code.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) || f.Path.StartsWith("engine/Engine.", StringComparison.Ordinal)), WallClock());

    [Fact]
    public void Events_InSql_AreNeverDroppedOnConflict() =>
        AssertNowhere(Repository.Files.Where(f => f.Path.StartsWith("src/EventStore/", StringComparison.Ordinal) && f.Path.EndsWith(".sql", StringComparison.Ordinal)), DroppedEvent());

    [Fact]
    public void Sql_InCode_LivesInItsOwnFile() =>
        AssertNowhere(Code.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)), SqlText());

    [Fact]
    public void Package_InAProject_HasItsVersionInOnePlace() =>
        AssertNowhere(Repository.Projects, PackageVersion());

    [Fact]
    public void Text_Any_NamesNoMachine() =>
        AssertNowhere(Repository.Files.Where(f => s_textEndings.Contains(Path.GetExtension(f.Path)) && f.Path != "tests/Tidy/WordTests.cs"), MachinePath());

    private static IEnumerable<RepositoryFile> Code => Repository.Sources.Where(f => !f.Path.StartsWith("tests/Tidy/", StringComparison.Ordinal));

    private static void AssertNowhere(IEnumerable<RepositoryFile> files, Regex pattern) =>
        Assert.Empty(from file in files
                     from line in file.Lines
                     where pattern.IsMatch(line.Line)
                     select $"{file}:{line.Number}: {line.Line.Trim()}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException|throw new NotSupportedException\(\)")]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"^\s*#region")]
    private static partial Regex Region();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(\)|\.Wait\(\);|Task\.WaitAll\(")]
    private static partial Regex BlockingWait();

    [GeneratedRegex(@"\basync void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay\(")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\bSkip\s*=|SkipUnless|SkipWhen|Assert\.Skip|\[Ignore")]
    private static partial Regex SkippedTest();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now\b|Environment\.TickCount(64)?\b|Stopwatch\.GetTimestamp|Guid\.NewGuid")]
    private static partial Regex WallClock();

    [GeneratedRegex(@"(?i)insert\s+or\s+(ignore|replace)\s+into\s+events|on\s+conflict.*do\s+nothing.*events")]
    private static partial Regex DroppedEvent();

    [GeneratedRegex("\"\\s*(?i:select\\s.+\\sfrom|insert\\s+into|update\\s.+\\sset|delete\\s+from)\\s")]
    private static partial Regex SqlText();

    [GeneratedRegex("<PackageReference [^>]*Version=")]
    private static partial Regex PackageVersion();

    [GeneratedRegex(@"(?<![\w.])/(work|root|home|tmp/wt|tmp/bash_jobs)/|\bapi\.nuget\.org\b|\bregistry\.npmjs\.org\b")]
    private static partial Regex MachinePath();
}
