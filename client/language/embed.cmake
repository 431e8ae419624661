# cmake -DOUT=FILE -DROOT=FOLDER -P embed.cmake: the message files below ROOT/<language>/<name>.txt as C++ constants.
file(GLOB files RELATIVE "${ROOT}" "${ROOT}/*/*.txt")
set(table "")
foreach(name ${files})
  file(READ "${ROOT}/${name}" text)
  get_filename_component(language "${name}" DIRECTORY)
  string(APPEND table "    {\"${language}\", \"${name}\", R\"messages(${text})messages\"sv},\n")
endforeach()
file(WRITE "${OUT}" "// Generated from client/language/catalogue.
#include \"client/language/catalogue.h\"

namespace daftar {
namespace {

// With a length that is known: nobody counts the characters while compiling.
using namespace std::string_view_literals;

constexpr MessageFile kFiles[] = {
${table}};

}  // namespace

std::span<const MessageFile> MessageFiles() { return kFiles; }

}  // namespace daftar
")
