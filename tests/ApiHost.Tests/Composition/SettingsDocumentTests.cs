using System.Text.RegularExpressions;
using Crescent.ApiHost.Tests.Deployment;

namespace Crescent.ApiHost.Tests.Composition;

public sealed partial class SettingsDocumentTests
{
    [Fact]
    public void SettingsDocument_InTheRepository_IsWhatTheOptionsSay()
    {
        var rendered = SettingsDocument.Render();
        var file = Path.Combine(Source.Root, "docs", "settings.md");
        var beside = Path.Combine(Source.Root, "artifacts", "settings.md");
        File.WriteAllText(beside, rendered);

        Assert.True(File.Exists(file) && File.ReadAllText(file) == rendered, "docs/settings.md is not what the options say; take artifacts/settings.md for it.");
    }

    [Fact]
    public void Setting_Any_SaysWhatItIs() =>
        Assert.Empty(SettingsDocument.Rows().Where(row => row.Summary.Length == 0).Select(row => row.Key));

    [Fact]
    public void Setting_NamedInTheReadme_Exists()
    {
        var known = SettingsDocument.Rows().Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        var named = NamedSetting().Matches(File.ReadAllText(Path.Combine(Source.Root, "README.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, key => Assert.Contains(key, known));
    }

    [GeneratedRegex(@"^\| `(Crescent:[\w:]+)`", RegexOptions.Multiline)]
    private static partial Regex NamedSetting();
}
