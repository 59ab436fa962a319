using System.Security.Cryptography;
using Crescent.EventStore.PersonalData;
using Crescent.Testing;

namespace Crescent.EventStore.Tests;

public sealed class PersonalKeyTests
{
    readonly ManualTime _time = new();

    static PersonalKey NewKey() => PersonalKey.FromBytes("u", RandomNumberGenerator.GetBytes(PersonalKey.Size));

    [Theory]
    [InlineData("")]
    [InlineData("Ada")]
    [InlineData("한글 이름")]
    public void Unprotect_OwnValue_IsThePlaintext(string text)
    {
        using var key = NewKey();

        Assert.Equal(text, key.UnprotectText(key.Protect(text)));
        Assert.Equal(text + new string('x', 5000), key.UnprotectText(key.Protect(text + new string('x', 5000))));
    }

    [Fact]
    public void Protect_SameValueTwice_LooksDifferent()
    {
        using var key = NewKey();

        Assert.NotEqual(key.Protect("Ada"), key.Protect("Ada"));
    }

    [Fact]
    public void Unprotect_ValueOfAnotherKeyOrChanged_IsRefused()
    {
        using var key = NewKey();
        using var other = NewKey();
        var bytes = Convert.FromBase64String(key.Protect("Ada"));
        bytes[14] ^= 1;

        Assert.ThrowsAny<CryptographicException>(() => other.Unprotect(key.Protect("Ada")));
        Assert.ThrowsAny<CryptographicException>(() => key.Unprotect(Convert.ToBase64String(bytes)));
        Assert.ThrowsAny<CryptographicException>(() => key.Unprotect("AAAA"));
    }

    [Fact]
    public void Unwrap_OtherSubjectOrOtherMasterKey_IsRefused()
    {
        using var master = new MasterKey(RandomNumberGenerator.GetBytes(32));
        using var other = new MasterKey(RandomNumberGenerator.GetBytes(32));
        var wrapped = master.Wrap("ada", "0123456789abcdef0123456789abcdef"u8);

        Assert.Equal("0123456789abcdef0123456789abcdef"u8, master.Unwrap("ada", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => master.Unwrap("bob", wrapped));
        Assert.ThrowsAny<CryptographicException>(() => other.Unwrap("ada", wrapped));
    }

    [Fact]
    public void Cache_Full_ForgetsTheOneUnusedForLongest()
    {
        var cache = new PersonalKeyCache(2, TimeSpan.FromSeconds(30), _time);
        cache.Add(PersonalKey.Destroyed("a"));
        cache.Add(PersonalKey.Destroyed("b"));
        cache.Find("a");
        cache.Add(PersonalKey.Destroyed("c"));

        Assert.NotNull(cache.Find("a"));
        Assert.Null(cache.Find("b"));
        Assert.NotNull(cache.Find("c"));
    }

    [Fact]
    public void Cache_KeyReadBeforeItsDestruction_DoesNotComeBack()
    {
        var cache = new PersonalKeyCache(2, TimeSpan.FromSeconds(30), _time);
        using var readEarlier = NewKey();
        cache.Destroy("u");

        Assert.True(cache.Add(readEarlier).IsDestroyed);
    }

    [Fact]
    public void Cache_KeyOlderThanItsLifetime_IsAskedForAgainAndStaysTheSame()
    {
        var cache = new PersonalKeyCache(2, TimeSpan.FromSeconds(30), _time);
        using var key = NewKey();
        cache.Add(key);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Null(cache.Find("u"));

        using var readAgain = NewKey();
        Assert.Same(key, cache.Add(readAgain));

        Assert.Same(key, cache.Find("u"));
    }

    [Fact]
    public void Cache_KeyDestroyedElsewhere_IsDestroyedForItsHoldersOnceReadAgain()
    {
        var cache = new PersonalKeyCache(2, TimeSpan.FromSeconds(30), _time);
        using var key = NewKey();
        cache.Add(key);

        cache.Add(PersonalKey.Destroyed("u"));

        Assert.True(key.IsDestroyed);
        Assert.True(cache.Find("u")!.IsDestroyed);
    }

    [Fact]
    public void Cache_Distrusted_AsksForEveryKeyAgain()
    {
        var cache = new PersonalKeyCache(2, Timeout.InfiniteTimeSpan, _time);
        using var key = NewKey();
        cache.Add(key);
        _time.Advance(TimeSpan.FromSeconds(1));
        cache.Distrust();

        Assert.Null(cache.Find("u"));
    }
}
