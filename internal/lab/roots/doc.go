// Package roots makes folders that hold another Debian suite, with debootstrap, and runs programs in them: an httpd,
// a Keystone, a MariaDB of another version on this kernel and on this network.
//
// It may import the standard library alone. What it promises:
//
//   - A program in such a folder sees the folder as its root, and one folder of the host at the place it has on the
//     host. What is mounted for that is mounted for the program alone: it is gone when the program ends, however it ends.
//   - Users have the numbers that they have on the host, so that files may be shared.
//   - No package starts a service.
package roots
