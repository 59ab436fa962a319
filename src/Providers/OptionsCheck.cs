using Microsoft.Extensions.Options;

namespace Crescent.Providers;

/// <summary>Checks options at start: each error is a sentence that says which value is wrong and why.</summary>
internal sealed class OptionsCheck<TOptions>(string checkedName, Func<TOptions, IEnumerable<string>> errors) : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        if (name != checkedName) return ValidateOptionsResult.Skip;
        var found = errors(options).ToList();
        return found.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}
