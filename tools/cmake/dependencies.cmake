# Every foreign library, under one name each. tools/setup installs what is looked for here.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto SSL)
find_package(zstd REQUIRED)
find_package(GTest REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
pkg_check_modules(LMDB REQUIRED IMPORTED_TARGET lmdb)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
# Snowball comes without a CMake or pkg-config file.
find_library(STEMMER_LIBRARY NAMES stemmer REQUIRED)
find_path(STEMMER_INCLUDE_DIR NAMES libstemmer.h REQUIRED)
add_library(stemmer UNKNOWN IMPORTED)
set_target_properties(stemmer PROPERTIES
  IMPORTED_LOCATION ${STEMMER_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${STEMMER_INCLUDE_DIR})

if(DAFTAR_GRPC)
  find_package(gRPC REQUIRED)
  find_package(glfw3 REQUIRED)
  find_package(Freetype REQUIRED)
  pkg_check_modules(HARFBUZZ REQUIRED IMPORTED_TARGET harfbuzz)
  find_package(OpenGL REQUIRED COMPONENTS OpenGL)
  # Debian's imgui is a static archive; its pkg-config file puts it behind the libraries that it needs, which does not link.
  pkg_check_modules(IMGUI REQUIRED imgui)
  find_library(IMGUI_ARCHIVE NAMES libimgui.a REQUIRED)
  find_library(STB_LIBRARY NAMES stb REQUIRED)
  add_library(imgui STATIC IMPORTED)
  set_target_properties(imgui PROPERTIES
    IMPORTED_LOCATION ${IMGUI_ARCHIVE}
    INTERFACE_INCLUDE_DIRECTORIES "${IMGUI_INCLUDE_DIRS}"
    INTERFACE_LINK_LIBRARIES "${STB_LIBRARY};glfw;Freetype::Freetype;OpenGL::OpenGL;${CMAKE_DL_LIBS}")
endif()
