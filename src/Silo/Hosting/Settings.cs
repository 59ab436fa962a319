using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crescent.Silo.Hosting;

/// <summary>
/// Binds the sections under <c>Crescent</c> while the host is built: a setting that is misspelt or out of its bounds stops
/// the start with a sentence, before anything is opened.
/// </summary>
public sealed class Settings(IConfiguration configuration, IServiceCollection services)
{
    public const string Root = "Crescent";

    /// <summary>Sections that only API hosts bind; a silo may get them from a file that all hosts share.</summary>
    public static IReadOnlyList<string> OfApiHosts { get; } = ["Auth", "DemoData", "GrainCalls", "RateLimits"];

    readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The settings right under the root.</summary>
    public TOptions BindRoot<TOptions>() where TOptions : class, new()
    {
        var options = new TOptions();
        foreach (var property in typeof(TOptions).GetProperties())
            _known.Add(property.Name);
        return Register(options, Root, section => section.Bind(options));
    }

    /// <summary>The settings of one section, named from the root on.</summary>
    public TOptions Bind<TOptions>(string section) where TOptions : class, new()
    {
        var options = new TOptions();
        _known.Add(section[(Root.Length + 1)..]);
        return Register(options, section, found => found.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true));
    }

    /// <summary>Call after all sections are bound.</summary>
    /// <param name="boundElsewhere">Sections that other parts of the host bind themselves.</param>
    public void RefuseUnknown(IEnumerable<string> boundElsewhere)
    {
        _known.UnionWith(boundElsewhere);
        var unknown = configuration.GetSection(Root).GetChildren().Select(child => child.Key).Where(key => !_known.Contains(key)).Order().ToArray();
        if (unknown.Length > 0)
        {
            throw new StartupException(
                $"There is no setting {string.Join(", ", unknown.Select(key => $"{Root}:{key}"))}; known under {Root} are {string.Join(", ", _known.Order())}.");
        }
    }

    TOptions Register<TOptions>(TOptions options, string path, Action<IConfigurationSection> bind) where TOptions : class
    {
        try
        {
            bind(configuration.GetSection(path));
        }
        catch (InvalidOperationException e)
        {
            throw new StartupException($"A setting under {path} is wrong: {e.Message.TrimEnd('.')}.", e);
        }

        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true))
        {
            throw new StartupException(
                $"The setting {path}:{faults[0].MemberNames.FirstOrDefault()} is wrong: {faults[0].ErrorMessage!.TrimEnd('.')}.");
        }

        services.AddSingleton(Options.Create(options));
        return options;
    }
}
