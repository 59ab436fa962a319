using System.Security.Cryptography;
using System.Text;

namespace Crescent.EventStore.PersonalData;

/// <summary>
/// One data subject's key: AES-256-GCM with a random nonce per value. A protected value is the Base64 text of
/// nonce, ciphertext and tag. Safe for concurrent use.
/// </summary>
public sealed class PersonalKey : IDisposable
{
    /// <summary>What a protected string reads as once its key is destroyed.</summary>
    public const string Erased = "[erased]";

    public const int Size = 32;

    readonly Lock _gate = new();
    AesGcm? _aes;

    PersonalKey(string subjectId, AesGcm? aes) => (SubjectId, _aes) = (subjectId, aes);

    public string SubjectId { get; }

    public bool IsDestroyed => Volatile.Read(ref _aes) is null;

    public static PersonalKey FromBytes(string subjectId, ReadOnlySpan<byte> key) =>
        new(subjectId, new AesGcm(key, AesGcm.TagByteSizes.MaxSize));

    public static PersonalKey Destroyed(string subjectId) => new(subjectId, null);

    /// <summary>Encrypts a value; with a destroyed key the value is dropped and <see cref="Erased"/> comes back instead.</summary>
    public string Protect(ReadOnlySpan<byte> plaintext)
    {
        var nonceSize = AesGcm.NonceByteSizes.MaxSize;
        var tagSize = AesGcm.TagByteSizes.MaxSize;
        var sealedSize = nonceSize + plaintext.Length + tagSize;
        var value = sealedSize <= 1024 ? stackalloc byte[sealedSize] : new byte[sealedSize];
        RandomNumberGenerator.Fill(value[..nonceSize]);
        lock (_gate)
        {
            if (_aes is null) return Erased;
            _aes.Encrypt(value[..nonceSize], plaintext, value.Slice(nonceSize, plaintext.Length), value[^tagSize..]);
        }

        return Convert.ToBase64String(value);
    }

    public string Protect(string plaintext) => Protect(Encoding.UTF8.GetBytes(plaintext));

    /// <summary>Decrypts what <see cref="Protect(string)"/> gave; null once the key is destroyed or the value was erased.</summary>
    /// <exception cref="CryptographicException">The value was not made with this key.</exception>
    public byte[]? Unprotect(string value)
    {
        if (value == Erased) return null;
        var bytes = Convert.FromBase64String(value);
        var nonceSize = AesGcm.NonceByteSizes.MaxSize;
        var tagSize = AesGcm.TagByteSizes.MaxSize;
        if (bytes.Length < nonceSize + tagSize) throw new CryptographicException("A protected value is too short.");
        var plaintext = new byte[bytes.Length - nonceSize - tagSize];
        lock (_gate)
        {
            if (_aes is null) return null;
            _aes.Decrypt(bytes.AsSpan(0, nonceSize), bytes.AsSpan(nonceSize, plaintext.Length), bytes.AsSpan(bytes.Length - tagSize), plaintext);
        }

        return plaintext;
    }

    /// <summary>Like <see cref="Unprotect"/> for text; <see cref="Erased"/> once the key is destroyed.</summary>
    public string UnprotectText(string value) => Unprotect(value) is { } text ? Encoding.UTF8.GetString(text) : Erased;

    /// <summary>Forgets the key; whoever still holds this object reads everything as erased from now on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _aes?.Dispose();
            Volatile.Write(ref _aes, null);
        }
    }
}
