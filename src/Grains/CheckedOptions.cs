using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crescent.Grains;

/// <summary>Options that stop the start of the process when a value is wrong.</summary>
public static class CheckedOptions
{
    /// <param name="section">Where they are bound from.</param>
    /// <param name="problem">The sentence that says what is wrong, or null.</param>
    public static IServiceCollection AddChecked<T>(this IServiceCollection services, string section, Func<T, string?> problem) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section, static binder => binder.ErrorOnUnknownConfiguration = true).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<T>>(new Check<T>(problem));
    }

    sealed class Check<T>(Func<T, string?> problem) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            problem(options) is { } sentence ? ValidateOptionsResult.Fail(sentence) : ValidateOptionsResult.Success;
    }
}
