# From the output of `dotnet test`: each failed test with its message and where it failed, and each run that broke off.
# A test is a line "failed NAME (DURATION)", its message until a line "  from ASSEMBLY", and then its stack. A run that
# broke off is a line "ASSEMBLY failed (DURATION)", its exit code, and what it wrote to standard error.
BEGIN { longest_message = 20; longest_error_output = 6 }

/^failed / { print; part = "message"; lines = 0; next }

part == "message" && /^ +from .*\.dll \(/ { part = "stack"; next }

part == "message" { if (++lines <= longest_message) print "  " $0; else if (lines == longest_message + 1) print "  ..."; next }

part == "stack" && /^ +at .* in .*:(line )?[0-9]+$/ { print; part = ""; next }

/\.dll \(.*\) failed \(/ { print; part = "end"; lines = 0; next }

part == "end" { if (++lines > longest_error_output || /^Running tests from /) part = ""; else print "  " substr($0, 1, 300) }
