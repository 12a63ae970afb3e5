# The CMake package: find_package(vitrine) gives vitrine::vitrine, headers as <catalog/models.h>.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(vitrine_rooms
    vitrine_sqlite3 vitrine_options vitrine_base vitrine_sqlite vitrine_image
    vitrine_schema vitrine_query vitrine_session vitrine_catalog)

add_library(vitrine INTERFACE)
target_link_libraries(vitrine INTERFACE vitrine_catalog vitrine_image)

install(TARGETS vitrine ${vitrine_rooms} EXPORT vitrine
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}/vitrine")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/src/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/vitrine"
        FILES_MATCHING PATTERN "*.h")
install(EXPORT vitrine NAMESPACE vitrine:: FILE vitrine-targets.cmake
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/vitrine")
configure_package_config_file(
  "${CMAKE_SOURCE_DIR}/cmake/vitrine-config.cmake.in" "${CMAKE_BINARY_DIR}/vitrine-config.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/vitrine")
write_basic_package_version_file("${CMAKE_BINARY_DIR}/vitrine-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/vitrine-config.cmake"
              "${CMAKE_BINARY_DIR}/vitrine-config-version.cmake"
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/vitrine")
