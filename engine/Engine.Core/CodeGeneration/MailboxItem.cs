namespace Engine.CodeGeneration;

/// <summary>A link of an activation's mailbox; it is the item itself, so that queueing allocates nothing.</summary>
public abstract class MailboxItem
{
    internal MailboxItem()
    {
    }

    internal MailboxItem? Next { get; set; }
}
