/**
 * Where the keys come from by which tokens are verified: a text, a file, an issuer's URL; read in
 * the forms they come in (PEM, JWK sets, OpenID providers), and read again when they change.
 */
@NullMarked
package dev.allim.security.keys;

import org.jspecify.annotations.NullMarked;
