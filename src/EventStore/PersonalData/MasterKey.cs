using System.Security.Cryptography;
using System.Text;

namespace Crescent.EventStore.PersonalData;

/// <summary>Wraps the keys of data subjects (AES-256-GCM, bound to the subject), so that the database alone opens nothing.</summary>
sealed class MasterKey(ReadOnlySpan<byte> key) : IDisposable
{
    /// <summary>The subject of a key that the right master key must be able to open; no user has this id.</summary>
    public const string ProbeSubject = "";

    static readonly int NonceSize = AesGcm.NonceByteSizes.MaxSize;
    static readonly int TagSize = AesGcm.TagByteSizes.MaxSize;

    readonly Lock _gate = new();
    readonly AesGcm _aes = new(key, TagSize);

    public byte[] Wrap(string subjectId, ReadOnlySpan<byte> key)
    {
        var wrapped = new byte[NonceSize + key.Length + TagSize];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceSize));
        lock (_gate)
            _aes.Encrypt(wrapped.AsSpan(0, NonceSize), key, wrapped.AsSpan(NonceSize, key.Length), wrapped.AsSpan(NonceSize + key.Length), Encoding.UTF8.GetBytes(subjectId));
        return wrapped;
    }

    /// <exception cref="CryptographicException">It was wrapped with another master key or for another subject.</exception>
    public byte[] Unwrap(string subjectId, ReadOnlySpan<byte> wrapped)
    {
        var key = new byte[wrapped.Length - NonceSize - TagSize];
        lock (_gate)
            _aes.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], key, Encoding.UTF8.GetBytes(subjectId));
        return key;
    }

    public void Dispose() => _aes.Dispose();
}
