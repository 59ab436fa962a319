using FsCheck;
using FsCheck.Fluent;

namespace Crescent.Domain.Tests;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("USD", 2)]
    [InlineData("EUR", 2)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    public void DecimalsOf_Currency_IsThatOfIso4217(string code, int decimals) => Assert.Equal(decimals, Currency.DecimalsOf(code));

    [Theory]
    [InlineData("usd")]
    [InlineData("XTS")]
    [InlineData("XAU")]
    [InlineData("")]
    [InlineData(null)]
    public void DecimalsOf_NoMoney_IsNull(string? code) => Assert.Null(Currency.DecimalsOf(code));

    [Fact]
    public void Create_MoreDecimalsThanTheCurrencyHas_IsRefused()
    {
        Assert.Equal(MoneyProblem.TooManyDecimals, Money.Problem(0.001m, "USD"));
        Assert.Equal(MoneyProblem.TooManyDecimals, Money.Problem(0.5m, "JPY"));
        Assert.Equal(MoneyProblem.UnknownCurrency, Money.Problem(1, "ABC"));
        Assert.Null(Money.Problem(1.1000m, "USD"));
        Assert.Throws<ArgumentException>(() => new Money(0.001m, "USD"));
    }

    [Fact]
    public void Add_TwoCurrencies_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(1, "EUR"));

    [Fact]
    public void Json_AnyAmount_ComesBackTheSame() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).SelectMany(minor => Gen.Elements(
            new Money(minor, "JPY"), new Money(minor / 100m, "USD"), new Money(minor / 1000m, "KWD"))).ToArbitrary(),
        money => Assert.Equal(money, Json.RoundTrip(money))).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
}
