// What a page of a million records took goes back to the system when the page is left.
#pragma once

namespace daftar::app {

// Large blocks get pages of their own from now on, which are given back when they are freed. Without it glibc keeps
// more of what was freed the larger the largest block was. At the beginning of the program.
void GiveMemoryBack();

}  // namespace daftar::app
