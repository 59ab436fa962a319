using System.Globalization;
using System.Text.Json.Serialization;

namespace Crescent.Domain;

/// <summary>An amount in a currency, with no more decimals than the currency has.</summary>
public readonly record struct Money
{
    // A struct is otherwise read by its parameterless constructor, and would come back as no money at all.
    [JsonConstructor]
    public Money(decimal amount, string currency)
    {
        if (Problem(amount, currency) is { } problem)
            throw new ArgumentException($"{amount.ToString(CultureInfo.InvariantCulture)} {currency}: {problem}", nameof(amount));
        // 1.000 USD is 1.00 USD; written with the scale it came with, it would read as three decimals.
        Amount = decimal.Round(amount, Domain.Currency.DecimalsOf(currency)!.Value);
        Currency = currency;
    }

    public decimal Amount { get; }

    public string Currency { get; }

    public static Money Zero(string currency) => new(0m, currency);

    /// <summary>What keeps the two from being money, or null.</summary>
    public static MoneyProblem? Problem(decimal amount, string? currency)
    {
        if (Domain.Currency.DecimalsOf(currency) is not { } decimals) return MoneyProblem.UnknownCurrency;
        return decimal.Round(amount, decimals) == amount ? null : MoneyProblem.TooManyDecimals;
    }

    public static Money operator +(Money left, Money right) => left.Currency == right.Currency
        ? new Money(left.Amount + right.Amount, left.Currency)
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} can't be added.");

    public static Money operator *(Money price, int quantity) => new(price.Amount * quantity, price.Currency);

    public static Money Add(Money left, Money right) => left + right;

    public static Money Multiply(Money price, int quantity) => price * quantity;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");
}

public enum MoneyProblem
{
    UnknownCurrency,
    TooManyDecimals,
}
