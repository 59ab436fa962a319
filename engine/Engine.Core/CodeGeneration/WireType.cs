namespace Engine.CodeGeneration;

/// <summary>
/// How a field's content is laid out; the low three bits of a field header, so that a reader can skip a field it does not know.
/// </summary>
/// <remarks>
/// <code>
/// field   = header content
/// header  = varuint (id * 8 + wire type)
/// VarInt  = varuint                           signed integers are zigzagged
/// Bytes   = varuint length, bytes
/// Object  = varuint (type * 2 + tracked) [name] field* end
///           type 0: the field's own; 1: the name follows (as Bytes) and gets the next number from 2 on; else a number
///           tracked: the object has the next number from 0 on and may be referred to
/// Ref     = varuint number of a tracked object
/// end     = header of wire type End; id 0 ends an object, id 1 the part of a base class
/// </code>
/// </remarks>
public enum WireType
{
    VarInt = 0,
    Fixed32 = 1,
    Fixed64 = 2,
    Bytes = 3,
    Object = 4,
    Null = 5,
    Reference = 6,
    End = 7,
}
