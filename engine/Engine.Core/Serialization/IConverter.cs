namespace Orleans;

/// <summary>Converts between a type and the surrogate that is written for it.</summary>
public interface IConverter<TValue, TSurrogate> where TSurrogate : struct
{
    TValue ConvertFromSurrogate(in TSurrogate surrogate);
    TSurrogate ConvertToSurrogate(in TValue value);
}
